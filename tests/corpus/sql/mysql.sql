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

-- default_in_a_recursion
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`parent_id`, `t0`.`name`, `t0`.`weight` FROM `node` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- except_in_a_recursion
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- inner_below_a_to_one
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name`, `t2`.`id`, `t2`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` AND ((EXISTS(SELECT 1 FROM `team` AS `e0` WHERE `e0`.`id` = `t1`.`team_id` AND `e0`.`name` = ?) = 1)) LEFT JOIN `team` AS `t2` ON `t2`.`id` = `t1`.`team_id` AND `t2`.`name` = ? ORDER BY `t0`.`id` ASC

-- link_composite
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name` FROM `shop` AS `t0` ORDER BY `t0`.`country` ASC, `t0`.`number` ASC
SELECT `t0`.`maker`, `t0`.`code`, `t0`.`title`, `l0`.`country`, `l0`.`number`, `l0`.`maker`, `l0`.`code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `stock` AS `l0` CROSS JOIN `product` AS `t0` WHERE `l0`.`country` = `k`.`v0` AND `l0`.`number` = `k`.`v1` AND `t0`.`maker` = `l0`.`maker` AND `t0`.`code` = `l0`.`code` ORDER BY `t0`.`maker` ASC, `t0`.`code` ASC, `l0`.`country` ASC, `l0`.`number` ASC, `l0`.`maker` ASC, `l0`.`code` ASC

-- merge_recursions
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`manager_id` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `t0`.`manager_id`, `t0`.`team_id` FROM `person` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`manager_id` FROM `k` CROSS JOIN `person` AS `t0` WHERE `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`manager_id` FROM `person` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`, `n`) AS (SELECT *, 0 FROM (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AS `v` UNION (SELECT `t0`.`manager_id`, `k`.`n` + (1) FROM `k` CROSS JOIN `person` AS `t0` WHERE `k`.`n` < (1) AND `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

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

-- recurse_alias
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_all_columns
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id`, `t0`.`name`, `t0`.`weight` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_below_a_collection
SELECT `t0`.`id`, `t0`.`name` FROM `owner` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`owner_id` FROM `package` AS `t0` WHERE `t0`.`owner_id` IS NOT NULL
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`, `n`) AS (SELECT *, 0 FROM (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AS `v` UNION (SELECT `t0`.`id`, `k`.`n` + (1) FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `k`.`n` < (1) AND `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_below_a_to_one
SELECT `t0`.`id`, `t0`.`version`, `t1`.`id`, `t1`.`name` FROM `release` AS `t0` LEFT JOIN `package` AS `t1` ON `t1`.`id` = `t0`.`package_id` ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_below_recurse
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`parent_id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`id` ASC

-- recurse_blob_key
SELECT `t0`.`hash`, `t0`.`parent` FROM `chunk` AS `t0` ORDER BY `t0`.`hash` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`hash`, `t0`.`parent` FROM `chunk` AS `t0` WHERE `t0`.`hash` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT UNHEX(j.v0) FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 mediumtext CHARACTER SET ascii PATH '$')) AS j UNION (SELECT `t0`.`parent` FROM `k` CROSS JOIN `chunk` AS `t0` WHERE `t0`.`hash` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`hash`, `t0`.`parent` FROM `chunk` AS `t0` WHERE `t0`.`parent` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT UNHEX(j.v0) FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 mediumtext CHARACTER SET ascii PATH '$')) AS j UNION (SELECT `t0`.`hash` FROM `k` CROSS JOIN `chunk` AS `t0` WHERE `t0`.`parent` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`hash` ASC

-- recurse_composite_key
SELECT `t0`.`country`, `t0`.`code`, `t0`.`parent` FROM `area` AS `t0` ORDER BY `t0`.`country` ASC, `t0`.`code` ASC
SELECT `t0`.`country`, `t0`.`code`, `t0`.`parent`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `area` AS `t0` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`code` = `k`.`v1`
SELECT `t0`.`country`, `t0`.`code`, `t0`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `area` AS `t0` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`parent` = `k`.`v1` ORDER BY `t0`.`country` ASC, `t0`.`code` ASC

-- recurse_cycles
SELECT `t0`.`id`, `t0`.`next_id` FROM `step` AS `t0` ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`next_id` FROM `step` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`next_id` FROM `k` CROSS JOIN `step` AS `t0` WHERE `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)

-- recurse_cycles_down
SELECT `t0`.`id` FROM `step` AS `t0` ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`next_id` FROM `step` AS `t0` WHERE `t0`.`next_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `step` AS `t0` WHERE `t0`.`next_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_depth_1
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`, `n`) AS (SELECT *, 0 FROM (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AS `v` UNION (SELECT `t0`.`id`, `k`.`n` + (1) FROM `k` CROSS JOIN `node` AS `t0` WHERE `k`.`n` < (1) AND `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_depth_2
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` IN (?, ?) ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`, `n`) AS (SELECT *, 0 FROM (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AS `v` UNION (SELECT `t0`.`id`, `k`.`n` + (1) FROM `k` CROSS JOIN `node` AS `t0` WHERE `k`.`n` < (2) AND `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_depth_up
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` IN (?, ?) ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`, `n`) AS (SELECT *, 0 FROM (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AS `v` UNION (SELECT `t0`.`parent_id`, `k`.`n` + (1) FROM `k` CROSS JOIN `node` AS `t0` WHERE `k`.`n` < (1) AND `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)

-- recurse_diamonds_in_diamonds
SELECT `t0`.`id` FROM `n` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `l0`.`a_id` FROM `e` AS `l0` INNER JOIN `n` AS `t0` ON `t0`.`id` = `l0`.`b_id` WHERE `l0`.`a_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `e` AS `l0` CROSS JOIN `n` AS `t0` WHERE `l0`.`a_id` = `k`.`v0` AND `t0`.`id` = `l0`.`b_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_down
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_inner
SELECT `t0`.`id` FROM `node` AS `t0` WHERE EXISTS(SELECT 1 FROM `node` AS `e0` WHERE `e0`.`parent_id` = `t0`.`id`) ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_joined_gives_way
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_link
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` IN (?, ?, ?, ?) ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `l0`.`package_id`, `l0`.`needs_id`, `l0`.`kind`, `l0`.`optional` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC, `l0`.`package_id` ASC, `l0`.`needs_id` ASC

-- recurse_link_by_two_paths
SELECT `t0`.`id`, `t0`.`name`, `t0`.`owner_id`, `t0`.`size` FROM `package` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `l0`.`package_id`, `l0`.`needs_id`, `l0`.`kind` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`, `n`) AS (SELECT *, 0 FROM (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AS `v` UNION (SELECT `t0`.`id`, `k`.`n` + (1) FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `k`.`n` < (1) AND `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`name` DESC, `t0`.`id` DESC, `l0`.`package_id` DESC, `l0`.`needs_id` DESC

-- recurse_many_to_many
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`name` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_many_to_many_back
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `l0`.`needs_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`package_id` WHERE `l0`.`needs_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`needs_id` = `k`.`v0` AND `t0`.`id` = `l0`.`package_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_many_to_many_cycles
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` IN (?, ?, ?, ?) ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_nested
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` LEFT JOIN `owner` AS `t1` ON `t1`.`id` = `t0`.`owner_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`version`, `t0`.`package_id` FROM `release` AS `t0` WHERE `t0`.`package_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- recurse_nested_inner
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`version`, `t1`.`package_id`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` LEFT JOIN `release` AS `t1` ON `t1`.`package_id` = `t0`.`id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id` AND EXISTS(SELECT 1 FROM `release` AS `e0` WHERE `e0`.`package_id` = `t0`.`id`))) SELECT `k`.`v0` FROM `k`) AND EXISTS(SELECT 1 FROM `release` AS `e1` WHERE `e1`.`package_id` = `t0`.`id`) ORDER BY `t0`.`id` ASC, `t1`.`id` ASC

-- recurse_nested_limit
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` IN (?, ?) ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`version`, `t0`.`package_id` FROM (SELECT `t0`.`id`, `t0`.`package_id`, `t0`.`version`, ROW_NUMBER() OVER ( PARTITION BY `t0`.`package_id` ORDER BY `t0`.`version` DESC, `t0`.`id` DESC ) AS `eagerly_row` FROM `release` AS `t0` WHERE `t0`.`package_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)) AS `t0` WHERE `t0`.`eagerly_row` <= (1) ORDER BY `t0`.`version` DESC, `t0`.`id` DESC

-- recurse_one_to_one
SELECT `t0`.`id`, `t0`.`next_id` FROM `link` AS `t0` ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`next_id` FROM `link` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`next_id` FROM `k` CROSS JOIN `link` AS `t0` WHERE `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`next_id` FROM `link` AS `t0` WHERE `t0`.`next_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `link` AS `t0` WHERE `t0`.`next_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)

-- recurse_order
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`weight`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`weight` DESC, `t0`.`id` DESC

-- recurse_path_through_others
SELECT `t0`.`id`, `t1`.`id` FROM `node` AS `t0` LEFT JOIN `node` AS `t1` ON `t1`.`id` = `t0`.`parent_id` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_plain_beside
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- recurse_root_window
SELECT `t0`.`id` FROM `node` AS `t0` ORDER BY `t0`.`id` DESC LIMIT 2 OFFSET 4
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_self_loop
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_subquery_gives_way
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` < ? ORDER BY `t0`.`id` DESC LIMIT 1
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_to_one_where
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id`, `t0`.`name` FROM `node` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`parent_id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`id` = `k`.`v0` AND `t0`.`name` <> ?)) SELECT `k`.`v0` FROM `k`) AND `t0`.`name` <> ?

-- recurse_twice
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0` AND `t0`.`id` <> ?)) SELECT `k`.`v0` FROM `k`) AND `t0`.`id` <> ? ORDER BY `t0`.`id` ASC

-- recurse_up
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`parent_id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)

-- recurse_up_and_down
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` IN (?, ?, ?, ?) ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`parent_id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_where
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`weight`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0` AND (`t0`.`weight` < ? OR (`t0`.`weight` <=> NULL)))) SELECT `k`.`v0` FROM `k`) AND (`t0`.`weight` < ? OR (`t0`.`weight` <=> NULL)) ORDER BY `t0`.`id` ASC

-- recurse_where_relationship
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id` AND EXISTS(SELECT 1 FROM `release` AS `e0` WHERE `e0`.`package_id` = `t0`.`id`))) SELECT `k`.`v0` FROM `k`) AND EXISTS(SELECT 1 FROM `release` AS `e1` WHERE `e1`.`package_id` = `t0`.`id`) ORDER BY `t0`.`id` ASC

-- recurse_without_a_key
SELECT `t0`.`code`, `t0`.`name` FROM `part` AS `t0` ORDER BY `t0`.`code` ASC, `t0`.`up` ASC, `t0`.`name` ASC
SELECT `t0`.`code`, `t0`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$')) AS j) AS `k` CROSS JOIN `part` AS `t0` WHERE `t0`.`up` = `k`.`v0` ORDER BY `t0`.`code` ASC, `t0`.`up` ASC, `t0`.`name` ASC
SELECT `t0`.`code`, `t0`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PATH '$')) AS j) AS `k` CROSS JOIN `part` AS `t0` WHERE `t0`.`up` = `k`.`v0` ORDER BY `t0`.`code` ASC, `t0`.`up` ASC, `t0`.`name` ASC

-- server_moment_keys
SELECT /*+ SET_VAR(sql_mode = 'ALLOW_INVALID_DATES') */ `t0`.`at`, `t0`.`name` FROM `moment` AS `t0` ORDER BY `t0`.`at` ASC
SELECT /*+ SET_VAR(sql_mode = 'ALLOW_INVALID_DATES') */ `t0`.`id`, `t0`.`moment_at`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 datetime(6) PATH '$')) AS j) AS `k` CROSS JOIN `event` AS `t0` WHERE `t0`.`moment_at` = `k`.`v0` ORDER BY `t0`.`id` ASC

-- server_moment_targets
SELECT /*+ SET_VAR(sql_mode = 'ALLOW_INVALID_DATES') */ `t0`.`id`, `t0`.`moment_at`, `t1`.`at`, `t1`.`name` FROM `event` AS `t0` LEFT JOIN `moment` AS `t1` ON `t1`.`at` = `t0`.`moment_at` ORDER BY `t0`.`id` ASC

-- server_numbers_in_filters
SELECT `t0`.`id` FROM `n` AS `t0` WHERE (`t0`.`small` > ? AND `t0`.`small` <= ?) OR `t0`.`big` = ? OR (`t0`.`exact` = ? OR (`t0`.`exact` IN (?, ?))) OR ((`t0`.`real_` IN (?, ?)) OR `t0`.`double_` = ? OR ((`t0`.`id` IN (?, ?)) OR ((`t0`.`id` NOT IN (?, ?)) AND `t0`.`small` >= ?))) OR `t0`.`id` = ? ORDER BY `t0`.`id` ASC

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
SELECT /*+ SET_VAR(sql_mode = 'ALLOW_INVALID_DATES') SET_VAR(sort_buffer_size = 67108864) */ `t0`.`id`, `t0`.`flag`, `t0`.`small`, `t0`.`number`, `t0`.`big`, `t0`.`ratio`, `t0`.`price`, `t0`.`exact`, `t0`.`text`, `t0`.`code`, `t0`.`bytes`, `t0`.`document`, `t0`.`day`, `t0`.`clock`, `t0`.`at`, `t0`.`feeling` FROM `sample` AS `t0` ORDER BY `t0`.`id` ASC

-- values_of_servers_below
SELECT /*+ SET_VAR(sql_mode = 'ALLOW_INVALID_DATES') SET_VAR(sort_buffer_size = 67108864) */ `t0`.`id`, `t0`.`flag`, `t1`.`id`, `t1`.`flag`, `t1`.`small`, `t1`.`number`, `t1`.`ratio`, `t1`.`price`, `t1`.`exact`, `t1`.`text`, `t1`.`code`, `t1`.`bytes`, `t1`.`document`, `t1`.`day`, `t1`.`clock`, `t1`.`at`, `t1`.`feeling` FROM `mark` AS `t0` LEFT JOIN `sample` AS `t1` ON `t1`.`id` = `t0`.`sample_id` ORDER BY `t0`.`id` ASC

-- values_of_servers_in_filters
SELECT /*+ SET_VAR(sql_mode = 'ALLOW_INVALID_DATES') */ `t0`.`id` FROM `sample` AS `t0` WHERE `t0`.`number` = ? OR `t0`.`ratio` = ? OR (`t0`.`price` = ? AND `t0`.`day` = ?) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`sample_id` FROM `mark` AS `t0` WHERE `t0`.`sample_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AND `t0`.`flag` = ?

-- view
SELECT /*+ SET_VAR(time_zone = '+00:00') */ `t0`.`order`, `t0`.`where` FROM `group` AS `t0` ORDER BY `t0`.`order` ASC, `t0`.`where` ASC

-- way_back_not_in_a_recursion
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` IN (?, ?) ORDER BY `t0`.`id` ASC
SELECT /*+ SET_VAR(cte_max_recursion_depth = 4294967295) */ `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name`, `t0`.`parent_id` FROM `node` AS `t0` LEFT JOIN `node` AS `t1` ON `t1`.`id` = `t0`.`parent_id` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

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

