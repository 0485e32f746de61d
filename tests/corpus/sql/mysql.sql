-- composite_many_to_many
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name` FROM `shop` AS `t0` ORDER BY `t0`.`country` ASC, `t0`.`number` ASC
SELECT `t0`.`maker`, `t0`.`code`, `t0`.`title`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `stock` AS `l0` CROSS JOIN `product` AS `t0` WHERE `l0`.`country` = `k`.`v0` AND `l0`.`number` = `k`.`v1` AND `t0`.`maker` = `l0`.`maker` AND `t0`.`code` = `l0`.`code` ORDER BY `t0`.`maker` ASC, `t0`.`code` ASC
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[1]')) AS j) AS `k` CROSS JOIN `stock` AS `l0` CROSS JOIN `shop` AS `t0` WHERE `l0`.`maker` = `k`.`v0` AND `l0`.`code` = `k`.`v1` AND `t0`.`country` = `l0`.`country` AND `t0`.`number` = `l0`.`number` ORDER BY `t0`.`name` ASC, `t0`.`country` ASC, `t0`.`number` ASC

-- composite_one_to_many
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name` FROM `shop` AS `t0` ORDER BY `t0`.`country` ASC, `t0`.`number` ASC
SELECT `t0`.`id`, `t0`.`amount`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `sale` AS `t0` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`shop_number` = `k`.`v1` ORDER BY `t0`.`amount` DESC, `t0`.`id` DESC

-- composite_one_to_many_limit
SELECT `t0`.`number`, `t0`.`country` FROM `shop` AS `t0` ORDER BY `t0`.`name` DESC, `t0`.`country` DESC, `t0`.`number` DESC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `sale` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `sale` AS `w` WHERE `w`.`country` = `k`.`v0` AND `w`.`shop_number` = `k`.`v1` ORDER BY `w`.`country` ASC, `w`.`shop_number` ASC, `w`.`id` ASC LIMIT 1 OFFSET 1) END) ORDER BY `t0`.`id` ASC

-- inner_below_a_to_one
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name`, `t2`.`id`, `t2`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` AND ((EXISTS(SELECT 1 FROM `team` AS `e0` WHERE `e0`.`id` = `t1`.`team_id` AND `e0`.`name` = ?) = 1)) LEFT JOIN `team` AS `t2` ON `t2`.`id` = `t1`.`team_id` AND `t2`.`name` = ? ORDER BY `t0`.`id` ASC

-- link_composite
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name` FROM `shop` AS `t0` ORDER BY `t0`.`country` ASC, `t0`.`number` ASC
SELECT `t0`.`maker`, `t0`.`code`, `t0`.`title`, `l0`.`country`, `l0`.`number`, `l0`.`maker`, `l0`.`code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `stock` AS `l0` CROSS JOIN `product` AS `t0` WHERE `l0`.`country` = `k`.`v0` AND `l0`.`number` = `k`.`v1` AND `t0`.`maker` = `l0`.`maker` AND `t0`.`code` = `l0`.`code` ORDER BY `t0`.`maker` ASC, `t0`.`code` ASC, `l0`.`country` ASC, `l0`.`number` ASC, `l0`.`maker` ASC, `l0`.`code` ASC

-- no_key_children
SELECT `t0`.`code`, `t0`.`name` FROM `station` AS `t0` ORDER BY `t0`.`code` ASC, `t0`.`name` ASC
SELECT `t0`.`value`, `t0`.`unit`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$')) AS j) AS `k` CROSS JOIN `reading` AS `t0` WHERE `t0`.`station_code` = `k`.`v0` ORDER BY `t0`.`station_code` ASC, `t0`.`value` ASC, `t0`.`unit` ASC

-- no_key_parents_of_collections
SELECT `t0`.`code`, `t0`.`name` FROM `station` AS `t0` ORDER BY `t0`.`name` DESC, `t0`.`code` DESC
SELECT `t0`.`value`, `t0`.`eagerly_key` FROM (SELECT `t0`.`station_code`, `t0`.`value`, `t0`.`unit`, `k`.`o` AS `eagerly_key`, ROW_NUMBER() OVER ( PARTITION BY `k`.`o` ORDER BY `t0`.`value` DESC, `t0`.`station_code` DESC, `t0`.`unit` DESC ) AS `eagerly_row` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$')) AS j) AS `k` CROSS JOIN `reading` AS `t0` WHERE `t0`.`station_code` = `k`.`v0`) AS `t0` WHERE `t0`.`eagerly_row` <= (2) ORDER BY `t0`.`value` DESC, `t0`.`station_code` DESC, `t0`.`unit` DESC

-- no_key_unfolding
SELECT `t0`.`code` FROM `station` AS `t0` WHERE `t0`.`code` IS NOT NULL ORDER BY `t0`.`code` ASC, `t0`.`name` ASC
SELECT `t0`.`value`, `t1`.`code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$')) AS j) AS `k` CROSS JOIN `reading` AS `t0` LEFT JOIN `station` AS `t1` ON `t1`.`code` = `t0`.`station_code` WHERE `t0`.`station_code` = `k`.`v0` ORDER BY `t0`.`station_code` ASC, `t0`.`value` ASC, `t0`.`unit` ASC
SELECT `t0`.`value`, `t0`.`eagerly_key` FROM (SELECT `t0`.`station_code`, `t0`.`value`, `t0`.`unit`, `k`.`o` AS `eagerly_key`, ROW_NUMBER() OVER ( PARTITION BY `k`.`o` ORDER BY `t0`.`station_code` ASC, `t0`.`value` ASC, `t0`.`unit` ASC ) AS `eagerly_row` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$')) AS j) AS `k` CROSS JOIN `reading` AS `t0` WHERE `t0`.`station_code` = `k`.`v0`) AS `t0` WHERE `t0`.`eagerly_row` <= (1) ORDER BY `t0`.`station_code` ASC, `t0`.`value` ASC, `t0`.`unit` ASC

-- recurse_composite_key
SELECT `t0`.`country`, `t0`.`code`, `t0`.`parent` FROM `area` AS `t0` ORDER BY `t0`.`country` ASC, `t0`.`code` ASC
SELECT `t0`.`country`, `t0`.`code`, `t0`.`parent`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `area` AS `t0` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`code` = `k`.`v1`
SELECT `t0`.`country`, `t0`.`code`, `t0`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `area` AS `t0` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`parent` = `k`.`v1` ORDER BY `t0`.`country` ASC, `t0`.`code` ASC

-- recurse_without_a_key
SELECT `t0`.`code`, `t0`.`name` FROM `part` AS `t0` ORDER BY `t0`.`code` ASC, `t0`.`up` ASC, `t0`.`name` ASC
SELECT `t0`.`code`, `t0`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$')) AS j) AS `k` CROSS JOIN `part` AS `t0` WHERE `t0`.`up` = `k`.`v0` ORDER BY `t0`.`code` ASC, `t0`.`up` ASC, `t0`.`name` ASC
SELECT `t0`.`code`, `t0`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$')) AS j) AS `k` CROSS JOIN `part` AS `t0` WHERE `t0`.`up` = `k`.`v0` ORDER BY `t0`.`code` ASC, `t0`.`up` ASC, `t0`.`name` ASC

-- server_moment_keys
SELECT /*+ SET_VAR(sql_mode = 'ALLOW_INVALID_DATES') */ `t0`.`at`, `t0`.`name` FROM `moment` AS `t0` ORDER BY `t0`.`at` ASC
SELECT /*+ SET_VAR(sql_mode = 'ALLOW_INVALID_DATES') */ `t0`.`id`, `t0`.`moment_at`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 datetime(6) PATH '$')) AS j) AS `k` CROSS JOIN `event` AS `t0` WHERE `t0`.`moment_at` = `k`.`v0` ORDER BY `t0`.`id` ASC

-- server_moment_targets
SELECT /*+ SET_VAR(sql_mode = 'ALLOW_INVALID_DATES') */ `t0`.`id`, `t0`.`moment_at`, `t1`.`at`, `t1`.`name` FROM `event` AS `t0` LEFT JOIN `moment` AS `t1` ON `t1`.`at` = `t0`.`moment_at` ORDER BY `t0`.`id` ASC

-- subquery_composite
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name` FROM `shop` AS `t0` WHERE `t0`.`number` = ? ORDER BY `t0`.`country` ASC, `t0`.`number` ASC
SELECT `t0`.`id`, `t0`.`amount`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `sale` AS `t0` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`shop_number` = `k`.`v1` ORDER BY `t0`.`id` ASC
SELECT `t0`.`maker`, `t0`.`code`, `t0`.`title`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `stock` AS `l0` CROSS JOIN `product` AS `t0` WHERE `l0`.`country` = `k`.`v0` AND `l0`.`number` = `k`.`v1` AND `t0`.`maker` = `l0`.`maker` AND `t0`.`code` = `l0`.`code` ORDER BY `t0`.`maker` ASC, `t0`.`code` ASC

-- subquery_composite_to_one
SELECT `t0`.`id`, `t0`.`country`, `t0`.`shop_number` FROM `sale` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `shop` AS `t0` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`number` = `k`.`v1`

-- subquery_without_a_key
SELECT `t0`.`code`, `t0`.`name` FROM `station` AS `t0` ORDER BY `t0`.`code` ASC, `t0`.`name` ASC
SELECT `t0`.`value`, `t0`.`unit`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$')) AS j) AS `k` CROSS JOIN `reading` AS `t0` WHERE `t0`.`station_code` = `k`.`v0` ORDER BY `t0`.`station_code` ASC, `t0`.`value` ASC, `t0`.`unit` ASC

-- values_of_mysql
SELECT /*+ SET_VAR(sql_mode = 'ALLOW_INVALID_DATES') */ `t0`.`id`, `t0`.`flag`, `t0`.`small`, `t0`.`number`, `t0`.`big`, `t0`.`ratio`, `t0`.`price`, `t0`.`exact`, `t0`.`text`, `t0`.`code`, `t0`.`bytes`, `t0`.`document`, `t0`.`day`, `t0`.`clock`, `t0`.`at`, `t0`.`feeling` FROM `sample` AS `t0` ORDER BY `t0`.`id` ASC

-- values_of_servers_below
SELECT /*+ SET_VAR(sql_mode = 'ALLOW_INVALID_DATES') */ `t0`.`id`, `t0`.`flag`, `t1`.`id`, `t1`.`flag`, `t1`.`small`, `t1`.`number`, `t1`.`ratio`, `t1`.`price`, `t1`.`exact`, `t1`.`text`, `t1`.`code`, `t1`.`bytes`, `t1`.`document`, `t1`.`day`, `t1`.`clock`, `t1`.`at`, `t1`.`feeling` FROM `mark` AS `t0` LEFT JOIN `sample` AS `t1` ON `t1`.`id` = `t0`.`sample_id` ORDER BY `t0`.`id` ASC

-- values_of_servers_in_filters
SELECT /*+ SET_VAR(sql_mode = 'ALLOW_INVALID_DATES') */ `t0`.`id` FROM `sample` AS `t0` WHERE `t0`.`number` = ? OR `t0`.`ratio` = ? OR (`t0`.`price` = ? AND `t0`.`day` = ?) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`sample_id` FROM `mark` AS `t0` WHERE `t0`.`sample_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AND `t0`.`flag` = ?

-- way_back_not_without_a_primary_key
SELECT `t0`.`code` FROM `station` AS `t0` ORDER BY `t0`.`code` ASC, `t0`.`name` ASC
SELECT `t0`.`value`, `t1`.`name`, `t1`.`code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$')) AS j) AS `k` CROSS JOIN `reading` AS `t0` LEFT JOIN `station` AS `t1` ON `t1`.`code` = `t0`.`station_code` WHERE `t0`.`station_code` = `k`.`v0` ORDER BY `t0`.`station_code` ASC, `t0`.`value` ASC, `t0`.`unit` ASC

-- way_back_of_a_composite_key
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name` FROM `shop` AS `t0` ORDER BY `t0`.`country` ASC, `t0`.`number` ASC
SELECT `t0`.`id`, `t0`.`amount`, `t1`.`number`, `t1`.`country`, `t1`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `sale` AS `t0` LEFT JOIN `shop` AS `t1` ON `t1`.`country` = `t0`.`country` AND `t1`.`number` = `t0`.`shop_number` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`shop_number` = `k`.`v1` ORDER BY `t0`.`id` ASC

-- where_relationship_of_a_joined_to_one
SELECT `t0`.`id`, `t1`.`id` FROM `item` AS `t0` LEFT JOIN `kind` AS `t1` ON `t1`.`id` = `t0`.`kind_id` AND ((EXISTS(SELECT 1 FROM `item` AS `e0` WHERE `e0`.`kind_id` = `t1`.`id` AND `e0`.`tag` < ?) = 1)) ORDER BY `t0`.`id` ASC

-- whole_table_composite
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name` FROM `shop` AS `t0` ORDER BY `t0`.`country` ASC, `t0`.`number` ASC
SELECT `t0`.`id`, `t0`.`amount`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `sale` AS `t0` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`shop_number` = `k`.`v1` ORDER BY `t0`.`id` ASC

