-- aliases_with_different_columns
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name`, `t2`.`id`, `t2`.`bio` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` LEFT JOIN `author` AS `t2` ON `t2`.`id` = `t0`.`author_id` ORDER BY `t0`.`id` ASC

-- aliases_with_different_filters
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL AND `t0`.`score` >= ?
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL AND (NOT (`t0`.`score` >= ?))
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL

-- aliases_with_different_windows
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM (SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`title`, `t0`.`created_at`, ROW_NUMBER() OVER ( PARTITION BY `t0`.`author_id` ORDER BY `t0`.`created_at` ASC, `t0`.`id` ASC ) AS `eagerly_row` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)) AS `t0` WHERE `t0`.`eagerly_row` <= (1) ORDER BY `t0`.`created_at` ASC, `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM (SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`title`, `t0`.`created_at`, ROW_NUMBER() OVER ( PARTITION BY `t0`.`author_id` ORDER BY `t0`.`created_at` DESC, `t0`.`id` DESC ) AS `eagerly_row` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)) AS `t0` WHERE `t0`.`eagerly_row` <= (1) ORDER BY `t0`.`created_at` DESC, `t0`.`id` DESC

-- awkward_all_columns
SELECT `t0`.`Order Id`, `t0`.`group`, `t0`.`select_id`, `t0`.`naïve ``tick```, `t1`.`key`, `t1`.`from`, `t1`.`what? "now"` FROM `Order Details` AS `t0` LEFT JOIN `select` AS `t1` ON `t1`.`key` = `t0`.`select_id` ORDER BY `t0`.`Order Id` ASC

-- awkward_names
SELECT `t0`.`key`, `t0`.`from` FROM `select` AS `t0` WHERE `t0`.`from` <> ? ORDER BY `t0`.`from` DESC, `t0`.`key` DESC
SELECT `t0`.`Order Id`, `t0`.`group`, `t0`.`select_id` FROM `Order Details` AS `t0` WHERE `t0`.`select_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- awkward_values
SELECT `t0`.`Order Id`, `t0`.`group`, `t1`.`key`, `t1`.`from` FROM `Order Details` AS `t0` LEFT JOIN `select` AS `t1` ON `t1`.`key` = `t0`.`select_id` WHERE `t0`.`group` = ? OR `t0`.`group` = ? ORDER BY `t0`.`Order Id` ASC

-- composite_many_to_many
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name` FROM `shop` AS `t0` ORDER BY `t0`.`country` ASC, `t0`.`number` ASC
SELECT `t0`.`maker`, `t0`.`code`, `t0`.`title`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `stock` AS `l0` CROSS JOIN `product` AS `t0` WHERE `l0`.`country` = `k`.`v0` AND `l0`.`number` = `k`.`v1` AND `t0`.`maker` = `l0`.`maker` AND `t0`.`code` = `l0`.`code` ORDER BY `t0`.`maker` ASC, `t0`.`code` ASC
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$[0]', v1 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$[1]')) AS j) AS `k` CROSS JOIN `stock` AS `l0` CROSS JOIN `shop` AS `t0` WHERE `l0`.`maker` = `k`.`v0` AND `l0`.`code` = `k`.`v1` AND `t0`.`country` = `l0`.`country` AND `t0`.`number` = `l0`.`number` ORDER BY `t0`.`name` ASC, `t0`.`country` ASC, `t0`.`number` ASC

-- composite_many_to_one
SELECT `t0`.`id`, `t1`.`number`, `t1`.`country`, `t1`.`name` FROM `sale` AS `t0` LEFT JOIN `shop` AS `t1` ON `t1`.`country` = `t0`.`country` AND `t1`.`number` = `t0`.`shop_number` ORDER BY `t0`.`id` ASC

-- composite_many_to_one_joined
SELECT `t0`.`id`, `t1`.`number`, `t1`.`country`, `t1`.`name` FROM `sale` AS `t0` LEFT JOIN `shop` AS `t1` ON `t1`.`country` = `t0`.`country` AND `t1`.`number` = `t0`.`shop_number` ORDER BY `t0`.`id` ASC

-- composite_one_to_many
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name` FROM `shop` AS `t0` ORDER BY `t0`.`country` ASC, `t0`.`number` ASC
SELECT `t0`.`id`, `t0`.`amount`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `sale` AS `t0` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`shop_number` = `k`.`v1` ORDER BY `t0`.`amount` DESC, `t0`.`id` DESC

-- composite_one_to_many_limit
SELECT `t0`.`number`, `t0`.`country` FROM `shop` AS `t0` ORDER BY `t0`.`name` DESC, `t0`.`country` DESC, `t0`.`number` DESC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `sale` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `sale` AS `w` WHERE `w`.`country` = `k`.`v0` AND `w`.`shop_number` = `k`.`v1` ORDER BY `w`.`country` ASC, `w`.`shop_number` ASC, `w`.`id` ASC LIMIT 1 OFFSET 1) END) ORDER BY `t0`.`id` ASC

-- composite_where_any
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name` FROM `shop` AS `t0` WHERE EXISTS(SELECT 1 FROM `sale` AS `e0` WHERE `e0`.`country` = `t0`.`country` AND `e0`.`shop_number` = `t0`.`number` AND `e0`.`amount` > ?) AND (NOT EXISTS(SELECT 1 FROM `stock` AS `x1` INNER JOIN `product` AS `e1` ON `e1`.`maker` = `x1`.`maker` AND `e1`.`code` = `x1`.`code` WHERE `x1`.`country` = `t0`.`country` AND `x1`.`number` = `t0`.`number` AND `e1`.`maker` = ?)) ORDER BY `t0`.`country` ASC, `t0`.`number` ASC

-- conformance_dingalings
SELECT `t0`.`id` FROM `users` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t1`.`id`, `t1`.`data`, `t1`.`address_id`, `t0`.`user_id` FROM `addresses` AS `t0` LEFT JOIN `dingalings` AS `t1` ON `t1`.`address_id` = `t0`.`id` WHERE `t0`.`user_id` IS NOT NULL

-- conformance_everything
SELECT `t0`.`id`, `t0`.`name` FROM `users` AS `t0` ORDER BY `t0`.`name` ASC, `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`email_address`, `t0`.`user_id` FROM `addresses` AS `t0` WHERE `t0`.`user_id` IS NOT NULL
SELECT `t0`.`id`, `t1`.`id`, `t1`.`email_address`, `t2`.`id`, `t2`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n` UNION ALL (SELECT 1 AS `n`)) AS `s` ON 1 = 1 STRAIGHT_JOIN `orders` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `orders` AS `w` WHERE `w`.`user_id` = `k`.`v0` ORDER BY `w`.`user_id` DESC, `w`.`id` DESC LIMIT 1) WHEN (`s`.`n` = (1)) THEN (SELECT `w`.`id` FROM `orders` AS `w` WHERE `w`.`user_id` = `k`.`v0` ORDER BY `w`.`user_id` DESC, `w`.`id` DESC LIMIT 1 OFFSET 1) END) LEFT JOIN `addresses` AS `t1` ON `t1`.`id` = `t0`.`address_id` LEFT JOIN `users` AS `t2` ON `t2`.`id` = `t1`.`user_id` ORDER BY `t0`.`id` DESC
SELECT `t0`.`id`, `t0`.`description`, `l0`.`order_id` FROM `order_items` AS `l0` INNER JOIN `items` AS `t0` ON `t0`.`id` = `l0`.`item_id` WHERE `l0`.`order_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- conformance_keywords
SELECT `t0`.`id` FROM `orders` AS `t0` WHERE `t0`.`isopen` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`eagerly_key` FROM (SELECT `t0`.`id`, `k`.`o` AS `eagerly_key`, ROW_NUMBER() OVER ( PARTITION BY `k`.`o` ORDER BY `t0`.`id` ASC ) AS `eagerly_row` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` CROSS JOIN `order_items` AS `l0` CROSS JOIN `items` AS `t0` WHERE `l0`.`order_id` = `k`.`v0` AND `t0`.`id` = `l0`.`item_id`) AS `t0` WHERE `t0`.`eagerly_row` <= (2) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`eagerly_key` FROM (SELECT `t0`.`id`, `t0`.`name`, `k`.`o` AS `eagerly_key`, ROW_NUMBER() OVER ( PARTITION BY `k`.`o` ORDER BY `t0`.`name` DESC, `t0`.`id` DESC ) AS `eagerly_row` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` CROSS JOIN `item_keywords` AS `l0` CROSS JOIN `keywords` AS `t0` WHERE `l0`.`item_id` = `k`.`v0` AND `t0`.`id` = `l0`.`keyword_id`) AS `t0` WHERE `t0`.`eagerly_row` <= (1) ORDER BY `t0`.`name` DESC, `t0`.`id` DESC

-- default_alone
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`team_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`team_id`, `t0`.`role` FROM `member` AS `t0`

-- default_and_aliases
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name` FROM `author` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `post` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `post` AS `w` WHERE `w`.`author_id` = `k`.`v0` ORDER BY `w`.`author_id` ASC, `w`.`id` ASC LIMIT 1) END) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`post_id`, `t0`.`author_id`, `t0`.`body`, `t0`.`created_at` FROM `comment` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- default_and_except
SELECT `t0`.`id`, `t0`.`team_id`, `t1`.`id`, `t1`.`name` FROM `member` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` ORDER BY `t0`.`id` ASC

-- default_and_lazy
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name` FROM `author` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC

-- default_auto
SELECT `t0`.`id`, `t0`.`title`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` WHERE `t0`.`id` <= ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`post_id`, `t0`.`author_id`, `t0`.`body`, `t0`.`created_at` FROM `comment` AS `t0` WHERE `t0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`post_id`, `t0`.`tag_id`, `t0`.`added_at` FROM `post_tag` AS `t0` WHERE `t0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`post_id` ASC, `t0`.`tag_id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`slug`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- default_below
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`team_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`post_id`, `t0`.`author_id`, `t0`.`body`, `t0`.`created_at` FROM `comment` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- default_below_a_limit
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio`, `t0`.`team_id` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `post` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `post` AS `w` WHERE `w`.`author_id` = `k`.`v0` ORDER BY `w`.`author_id` DESC, `w`.`id` DESC LIMIT 1) END) ORDER BY `t0`.`id` DESC
SELECT `t0`.`id`, `t0`.`post_id`, `t0`.`author_id`, `t0`.`body`, `t0`.`created_at` FROM `comment` AS `t0` WHERE `t0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`post_id`, `t0`.`tag_id`, `t0`.`added_at` FROM `post_tag` AS `t0` WHERE `t0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`post_id` ASC, `t0`.`tag_id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`slug`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- default_in_a_recursion
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`parent_id`, `t0`.`name`, `t0`.`weight` FROM `node` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- default_joined
SELECT `t0`.`id`, `t0`.`title`, `t1`.`id`, `t1`.`name`, `t2`.`id`, `t2`.`post_id`, `t2`.`author_id`, `t2`.`body`, `t2`.`created_at`, `t3`.`post_id`, `t3`.`tag_id`, `t3`.`added_at`, `t4`.`id`, `t4`.`name`, `t4`.`slug` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` LEFT JOIN `comment` AS `t2` ON `t2`.`post_id` = `t0`.`id` LEFT JOIN `post_tag` AS `t3` ON `t3`.`post_id` = `t0`.`id` LEFT JOIN `post_tag` AS `l4` ON `l4`.`post_id` = `t0`.`id` LEFT JOIN `tag` AS `t4` ON `t4`.`id` = `l4`.`tag_id` WHERE `t0`.`id` <= ? ORDER BY `t0`.`id` ASC, `t2`.`id` ASC, `t3`.`post_id` ASC, `t3`.`tag_id` ASC, `t4`.`id` ASC

-- default_lazy
SELECT `t0`.`id`, `t0`.`title`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` WHERE `t0`.`id` <= ? ORDER BY `t0`.`id` ASC

-- default_noload
SELECT `t0`.`id`, `t0`.`title`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` WHERE `t0`.`id` <= ? ORDER BY `t0`.`id` ASC

-- default_raise
SELECT `t0`.`id`, `t0`.`title`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` WHERE `t0`.`id` <= ? ORDER BY `t0`.`id` ASC

-- default_selectin
SELECT `t0`.`id`, `t0`.`title`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` WHERE `t0`.`id` <= ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`post_id`, `t0`.`author_id`, `t0`.`body`, `t0`.`created_at` FROM `comment` AS `t0` WHERE `t0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`post_id`, `t0`.`tag_id`, `t0`.`added_at` FROM `post_tag` AS `t0` WHERE `t0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`post_id` ASC, `t0`.`tag_id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`slug`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- default_subquery
SELECT `t0`.`id`, `t0`.`title`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` WHERE `t0`.`id` <= ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`post_id`, `t0`.`author_id`, `t0`.`body`, `t0`.`created_at` FROM `comment` AS `t0` WHERE `t0`.`post_id` IN (SELECT `t0`.`id` FROM `post` AS `t0` WHERE `t0`.`id` <= ?)
SELECT `t0`.`post_id`, `t0`.`tag_id`, `t0`.`added_at` FROM `post_tag` AS `t0` WHERE `t0`.`post_id` IN (SELECT `t0`.`id` FROM `post` AS `t0` WHERE `t0`.`id` <= ?) ORDER BY `t0`.`post_id` ASC, `t0`.`tag_id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`slug`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT `t0`.`id` FROM `post` AS `t0` WHERE `t0`.`id` <= ?)

-- default_to_itself
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` IN (?, ?) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`parent_id`, `t0`.`name`, `t0`.`weight` FROM `node` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`parent_id`, `t0`.`name`, `t0`.`weight` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- equality_blob_to_blob
SELECT `t0`.`key` FROM `p` AS `t0` ORDER BY `t0`.`key` ASC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, UNHEX(j.v0) AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 mediumtext CHARACTER SET ascii PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n` UNION ALL (SELECT 1 AS `n`)) AS `s` ON 1 = 1 STRAIGHT_JOIN `c` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `c` AS `w` WHERE `w`.`p_key` = `k`.`v0` ORDER BY `w`.`p_key` DESC, `w`.`id` DESC LIMIT 1) WHEN (`s`.`n` = (1)) THEN (SELECT `w`.`id` FROM `c` AS `w` WHERE `w`.`p_key` = `k`.`v0` ORDER BY `w`.`p_key` DESC, `w`.`id` DESC LIMIT 1 OFFSET 1) END) ORDER BY `t0`.`id` DESC

-- except_all
SELECT `t0`.`id` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`team_id` FROM `member` AS `t0`

-- except_below
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` WHERE `t0`.`id` <= ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`score` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- except_beside_a_relationship
SELECT `t0`.`id`, `t0`.`published`, `t0`.`created_at`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` WHERE `t0`.`id` <= ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`body`, `t0`.`post_id` FROM `comment` AS `t0` WHERE `t0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- except_columns
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC

-- except_in_a_recursion
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- except_nothing
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC

-- except_order
SELECT `t0`.`id`, `t0`.`title` FROM `post` AS `t0` WHERE `t0`.`score` > ? ORDER BY `t0`.`score` DESC, `t0`.`id` DESC

-- explain_rows
SELECT `t0`.`id`, `t0`.`c_id` FROM `p` AS `t0` ORDER BY `t0`.`id` ASC LIMIT 3
SELECT `t0`.`id`, `t0`.`n` FROM `c` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n` UNION ALL (SELECT 1 AS `n`)) AS `s` ON 1 = 1 STRAIGHT_JOIN `p` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `p` AS `w` WHERE `w`.`c_id` = `k`.`v0` ORDER BY `w`.`c_id` ASC, `w`.`id` ASC LIMIT 1) WHEN (`s`.`n` = (1)) THEN (SELECT `w`.`id` FROM `p` AS `w` WHERE `w`.`c_id` = `k`.`v0` ORDER BY `w`.`c_id` ASC, `w`.`id` ASC LIMIT 1 OFFSET 1) END) ORDER BY `t0`.`id` ASC

-- inner_before_the_offset
SELECT `t0`.`id`, `t1`.`id`, `t1`.`post_id` FROM (SELECT `t0`.`id` FROM `post` AS `t0` WHERE EXISTS(SELECT 1 FROM `comment` AS `e0` WHERE `e0`.`post_id` = `t0`.`id`) ORDER BY `t0`.`id` ASC LIMIT 2 OFFSET 1) AS `t0` LEFT JOIN `comment` AS `t1` ON `t1`.`post_id` = `t0`.`id` ORDER BY `t0`.`id` ASC, `t1`.`id` ASC

-- inner_below_a_to_many
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t1`.`id`, `t0`.`author_id` FROM `post` AS `t0` INNER JOIN `comment` AS `t1` ON `t1`.`post_id` = `t0`.`id` WHERE `t0`.`author_id` IS NOT NULL ORDER BY `t0`.`id` ASC, `t1`.`id` ASC

-- inner_below_a_to_one
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name`, `t2`.`id`, `t2`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` AND EXISTS(SELECT 1 FROM `team` AS `e0` WHERE `e0`.`id` = `t1`.`team_id` AND `e0`.`name` = ?) LEFT JOIN `team` AS `t2` ON `t2`.`id` = `t1`.`team_id` AND `t2`.`name` = ? ORDER BY `t0`.`id` ASC

-- inner_below_inner
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t2`.`id`, `t2`.`body` FROM `author` AS `t0` INNER JOIN `post` AS `t1` ON `t1`.`author_id` = `t0`.`id` INNER JOIN `comment` AS `t2` ON `t2`.`post_id` = `t1`.`id` AND (`t2`.`body` LIKE ? ESCAPE x'5C') ORDER BY `t0`.`id` ASC, `t1`.`id` ASC, `t2`.`id` ASC

-- inner_ignores_the_window
SELECT `t0`.`id` FROM `post` AS `t0` WHERE EXISTS(SELECT 1 FROM `comment` AS `e0` WHERE `e0`.`post_id` = `t0`.`id`) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `comment` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `comment` AS `w` WHERE `w`.`post_id` = `k`.`v0` ORDER BY `w`.`post_id` ASC, `w`.`id` ASC LIMIT 1 OFFSET 1) END) ORDER BY `t0`.`id` ASC

-- inner_to_many_before_the_limit
SELECT `t0`.`id`, `t1`.`id`, `t1`.`post_id` FROM (SELECT `t0`.`id` FROM `post` AS `t0` WHERE EXISTS(SELECT 1 FROM `comment` AS `e0` WHERE `e0`.`post_id` = `t0`.`id` AND `e0`.`author_id` = ?) ORDER BY `t0`.`id` ASC LIMIT 2) AS `t0` LEFT JOIN `comment` AS `t1` ON `t1`.`post_id` = `t0`.`id` AND `t1`.`author_id` = ? ORDER BY `t0`.`id` ASC, `t1`.`id` ASC

-- inner_to_one
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` INNER JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` ORDER BY `t0`.`id` ASC

-- inner_to_one_where
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` INNER JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` AND `t1`.`name` = ? ORDER BY `t0`.`id` ASC

-- joined_below_a_limited_collection
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t1`.`id`, `t1`.`post_id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `post` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `post` AS `w` WHERE `w`.`author_id` = `k`.`v0` ORDER BY `w`.`author_id` DESC, `w`.`id` DESC LIMIT 1) END) LEFT JOIN `comment` AS `t1` ON `t1`.`post_id` = `t0`.`id` ORDER BY `t0`.`id` DESC, `t1`.`id` ASC

-- joined_collection_with_root_limit
SELECT `t0`.`id`, `t1`.`id`, `t1`.`post_id` FROM (SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` DESC LIMIT 4) AS `t0` LEFT JOIN `comment` AS `t1` ON `t1`.`post_id` = `t0`.`id` ORDER BY `t0`.`id` DESC, `t1`.`id` ASC

-- joined_to_one_with_root_limit
SELECT `t0`.`id`, `t0`.`title`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` ORDER BY `t0`.`title` ASC, `t0`.`id` ASC LIMIT 3 OFFSET 1

-- key_only_alias
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio`, `t0`.`team_id` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC

-- key_only_and_the_way_back
SELECT `t0`.`id`, `t0`.`author_id` FROM `comment` AS `t0` WHERE `t0`.`id` < ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`author_id` FROM `comment` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- key_only_below_a_collection
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`body`, `t0`.`post_id` FROM `comment` AS `t0`

-- key_only_composite
SELECT `t0`.`id`, `t0`.`number`, `t0`.`country` FROM `sale` AS `t0` ORDER BY `t0`.`id` ASC

-- key_only_inner
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`team_id` IS NOT NULL ORDER BY `t0`.`id` DESC LIMIT 2

-- key_only_joins_below
SELECT `t0`.`id`, `t1`.`id`, `t2`.`id`, `t2`.`name` FROM `comment` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` LEFT JOIN `team` AS `t2` ON `t2`.`id` = `t1`.`team_id` ORDER BY `t0`.`id` ASC

-- key_only_meets_rows
SELECT `t0`.`id`, `t0`.`author_id`, `t1`.`id`, `t2`.`id`, `t2`.`name` FROM `comment` AS `t0` LEFT JOIN `post` AS `t1` ON `t1`.`id` = `t0`.`post_id` LEFT JOIN `author` AS `t2` ON `t2`.`id` = `t1`.`author_id` ORDER BY `t0`.`id` ASC

-- key_only_nested
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`role`, `t0`.`team_id` FROM `member` AS `t0` WHERE `t0`.`team_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- key_only_not_another_column
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name` FROM `author` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` ORDER BY `t0`.`id` ASC

-- key_only_not_over_a_join
SELECT `t0`.`id`, `t0`.`author_id` FROM `comment` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name` FROM `author` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- key_only_not_with_a_condition
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id` FROM `author` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` AND `t1`.`id` > ? ORDER BY `t0`.`id` ASC

-- key_only_not_with_an_inner_below
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t1`.`id` FROM `team` AS `t0` INNER JOIN `member` AS `t1` ON `t1`.`team_id` = `t0`.`id` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t1`.`id` ASC

-- key_only_null
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC

-- key_only_to_itself
SELECT `t0`.`id`, `t0`.`boss_id` FROM `employee` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`boss_id` FROM `employee` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- key_only_trusted
SELECT `t0`.`id`, `t0`.`team_id`, `t0`.`role` FROM `member` AS `t0` ORDER BY `t0`.`id` ASC

-- lazy_listed
SELECT `t0`.`id`, `t0`.`title` FROM `post` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC

-- limit_composite_primary_key
SELECT `t0`.`id` FROM `p` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`p_id`, `t0`.`line` FROM (SELECT `t0`.`p_id`, `t0`.`line`, ROW_NUMBER() OVER ( PARTITION BY `t0`.`p_id` ORDER BY `t0`.`line` DESC, `t0`.`p_id` DESC ) AS `eagerly_row` FROM `c` AS `t0`) AS `t0` WHERE `t0`.`eagerly_row` > (1) AND `t0`.`eagerly_row` <= (3) ORDER BY `t0`.`line` DESC, `t0`.`p_id` DESC

-- limit_with_an_index
SELECT `t0`.`id` FROM `p` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `c` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `c` AS `w` WHERE `w`.`p_id` = `k`.`v0` ORDER BY `w`.`p_id` DESC, `w`.`n` DESC, `w`.`id` DESC LIMIT 1 OFFSET 1) END) ORDER BY `t0`.`n` DESC, `t0`.`id` DESC

-- limit_without_an_index
SELECT `t0`.`id` FROM `p` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`p_id` FROM (SELECT `t0`.`id`, `t0`.`p_id`, `t0`.`n`, ROW_NUMBER() OVER ( PARTITION BY `t0`.`p_id` ORDER BY `t0`.`n` DESC, `t0`.`id` DESC ) AS `eagerly_row` FROM `c` AS `t0` WHERE `t0`.`p_id` IS NOT NULL) AS `t0` WHERE `t0`.`eagerly_row` > (1) AND `t0`.`eagerly_row` <= (2) ORDER BY `t0`.`n` DESC, `t0`.`id` DESC

-- link_aliases
SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`title`, `t0`.`published`, `t0`.`score`, `t0`.`created_at` FROM `post` AS `t0` WHERE `t0`.`id` IN (?, ?) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id`, `l0`.`tag_id`, `l0`.`added_at` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`id` ASC, `l0`.`post_id` ASC, `l0`.`tag_id` ASC

-- link_all_columns
SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`title`, `t0`.`published`, `t0`.`score`, `t0`.`created_at` FROM `post` AS `t0` WHERE `t0`.`id` IN (?, ?) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`slug`, `l0`.`post_id`, `l0`.`tag_id`, `l0`.`added_at` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`id` ASC, `l0`.`post_id` ASC, `l0`.`tag_id` ASC

-- link_back
SELECT `t0`.`id`, `t0`.`name` FROM `tag` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `l0`.`post_id`, `l0`.`tag_id`, `l0`.`added_at` FROM `post_tag` AS `l0` INNER JOIN `post` AS `t0` ON `t0`.`id` = `l0`.`post_id` ORDER BY `t0`.`id` ASC, `l0`.`post_id` ASC, `l0`.`tag_id` ASC

-- link_below_a_joined_to_one
SELECT `t0`.`id`, `t1`.`id`, `t2`.`id`, `t2`.`name`, `l2`.`post_id`, `l2`.`tag_id`, `l2`.`added_at` FROM `comment` AS `t0` LEFT JOIN `post` AS `t1` ON `t1`.`id` = `t0`.`post_id` LEFT JOIN `post_tag` AS `l2` ON `l2`.`post_id` = `t1`.`id` LEFT JOIN `tag` AS `t2` ON `t2`.`id` = `l2`.`tag_id` ORDER BY `t0`.`id` ASC, `t2`.`id` ASC, `l2`.`post_id` ASC, `l2`.`tag_id` ASC

-- link_booleans
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` IN (?, ?, ?, ?) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`package_id`, `l0`.`needs_id`, `l0`.`kind`, `l0`.`optional` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`id` ASC, `l0`.`package_id` ASC, `l0`.`needs_id` ASC

-- link_both_ways
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` <= ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`package_id`, `l0`.`needs_id`, `l0`.`kind` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`id` ASC, `l0`.`package_id` ASC, `l0`.`needs_id` ASC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`package_id`, `l0`.`needs_id`, `l0`.`kind` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`package_id` WHERE `l0`.`needs_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`id` ASC, `l0`.`package_id` ASC, `l0`.`needs_id` ASC

-- link_columns
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id`, `l0`.`tag_id`, `l0`.`added_at` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` ORDER BY `t0`.`id` ASC, `l0`.`post_id` ASC, `l0`.`tag_id` ASC

-- link_composite
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name` FROM `shop` AS `t0` ORDER BY `t0`.`country` ASC, `t0`.`number` ASC
SELECT `t0`.`maker`, `t0`.`code`, `t0`.`title`, `l0`.`country`, `l0`.`number`, `l0`.`maker`, `l0`.`code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `stock` AS `l0` CROSS JOIN `product` AS `t0` WHERE `l0`.`country` = `k`.`v0` AND `l0`.`number` = `k`.`v1` AND `t0`.`maker` = `l0`.`maker` AND `t0`.`code` = `l0`.`code` ORDER BY `t0`.`maker` ASC, `t0`.`code` ASC, `l0`.`country` ASC, `l0`.`number` ASC, `l0`.`maker` ASC, `l0`.`code` ASC

-- link_joined
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name`, `l1`.`post_id`, `l1`.`tag_id`, `l1`.`added_at` FROM `post` AS `t0` LEFT JOIN `post_tag` AS `l1` ON `l1`.`post_id` = `t0`.`id` LEFT JOIN `tag` AS `t1` ON `t1`.`id` = `l1`.`tag_id` ORDER BY `t0`.`id` ASC, `t1`.`id` ASC, `l1`.`post_id` ASC, `l1`.`tag_id` ASC

-- link_limit
SELECT `t0`.`id`, `t0`.`name` FROM `tag` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`eagerly_link0`, `t0`.`eagerly_link1`, `t0`.`eagerly_link2`, `t0`.`eagerly_key` FROM (SELECT `t0`.`id`, `t0`.`created_at`, `l0`.`post_id` AS `eagerly_link0`, `l0`.`tag_id` AS `eagerly_link1`, `l0`.`added_at` AS `eagerly_link2`, `k`.`o` AS `eagerly_key`, ROW_NUMBER() OVER ( PARTITION BY `k`.`o` ORDER BY `t0`.`created_at` DESC, `t0`.`id` DESC, `l0`.`post_id` DESC, `l0`.`tag_id` DESC ) AS `eagerly_row` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` CROSS JOIN `post_tag` AS `l0` CROSS JOIN `post` AS `t0` WHERE `l0`.`tag_id` = `k`.`v0` AND `t0`.`id` = `l0`.`post_id`) AS `t0` WHERE `t0`.`eagerly_row` > (1) AND `t0`.`eagerly_row` <= (3) ORDER BY `t0`.`created_at` DESC, `t0`.`id` DESC, `t0`.`eagerly_link0` DESC, `t0`.`eagerly_link1` DESC

-- link_nested
SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`title`, `t0`.`published`, `t0`.`score`, `t0`.`created_at` FROM `post` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id`, `l0`.`tag_id`, `l0`.`added_at` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`name` DESC, `t0`.`id` DESC, `l0`.`post_id` DESC, `l0`.`tag_id` DESC
SELECT `t0`.`id`, `l0`.`tag_id` FROM `post_tag` AS `l0` INNER JOIN `post` AS `t0` ON `t0`.`id` = `l0`.`post_id` WHERE `l0`.`tag_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- link_no_columns
SELECT `t0`.`id` FROM `post` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id`, `l0`.`tag_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`id` ASC, `l0`.`post_id` ASC, `l0`.`tag_id` ASC

-- link_same_names
SELECT `t0`.`id`, `t0`.`name` FROM `list` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`id`, `l0`.`name`, `l0`.`list_id`, `l0`.`song_id` FROM `entry` AS `l0` INNER JOIN `song` AS `t0` ON `t0`.`id` = `l0`.`song_id` ORDER BY `t0`.`name` DESC, `t0`.`id` DESC, `l0`.`list_id` DESC, `l0`.`song_id` DESC

-- link_same_names_joined
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name`, `l1`.`id`, `l1`.`name`, `l1`.`list_id`, `l1`.`song_id` FROM `list` AS `t0` LEFT JOIN `entry` AS `l1` ON `l1`.`list_id` = `t0`.`id` LEFT JOIN `song` AS `t1` ON `t1`.`id` = `l1`.`song_id` ORDER BY `t0`.`id` ASC, `t1`.`id` ASC, `l1`.`list_id` ASC, `l1`.`song_id` ASC

-- link_shared_targets
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id`, `l0`.`tag_id`, `l0`.`added_at` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC, `l0`.`post_id` ASC, `l0`.`tag_id` ASC

-- link_subquery
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` DESC LIMIT 3
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id`, `l0`.`tag_id`, `l0`.`added_at` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT * FROM (SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` DESC LIMIT 3) AS `w`) ORDER BY `t0`.`id` ASC, `l0`.`post_id` ASC, `l0`.`tag_id` ASC

-- link_table_as_entity
SELECT `t0`.`id` FROM `post` AS `t0` WHERE `t0`.`id` IN (?, ?) ORDER BY `t0`.`id` ASC
SELECT `t0`.`post_id`, `t0`.`tag_id`, `t0`.`added_at`, `t1`.`id`, `t1`.`name` FROM `post_tag` AS `t0` LEFT JOIN `tag` AS `t1` ON `t1`.`id` = `t0`.`tag_id` WHERE `t0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`post_id` ASC, `t0`.`tag_id` ASC

-- link_where
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`slug`, `l0`.`post_id`, `l0`.`tag_id`, `l0`.`added_at` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `t0`.`slug` IS NOT NULL ORDER BY `t0`.`id` ASC, `l0`.`post_id` ASC, `l0`.`tag_id` ASC

-- many_to_many_back
SELECT `t0`.`id`, `t0`.`name` FROM `tag` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `l0`.`tag_id` FROM `post_tag` AS `l0` INNER JOIN `post` AS `t0` ON `t0`.`id` = `l0`.`post_id` ORDER BY `t0`.`title` DESC, `t0`.`id` DESC

-- many_to_many_filtered_columns
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `t0`.`slug` <=> NULL

-- many_to_many_joined
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name`, `t1`.`slug` FROM `post` AS `t0` LEFT JOIN `post_tag` AS `l1` ON `l1`.`post_id` = `t0`.`id` LEFT JOIN `tag` AS `t1` ON `t1`.`id` = `l1`.`tag_id` ORDER BY `t0`.`id` ASC, `t1`.`id` ASC

-- many_to_many_limit
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`eagerly_key` FROM (SELECT `t0`.`id`, `t0`.`name`, `k`.`o` AS `eagerly_key`, ROW_NUMBER() OVER ( PARTITION BY `k`.`o` ORDER BY `t0`.`name` DESC, `t0`.`id` DESC ) AS `eagerly_row` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` CROSS JOIN `post_tag` AS `l0` CROSS JOIN `tag` AS `t0` WHERE `l0`.`post_id` = `k`.`v0` AND `t0`.`id` = `l0`.`tag_id`) AS `t0` WHERE `t0`.`eagerly_row` <= (1) ORDER BY `t0`.`name` DESC, `t0`.`id` DESC

-- many_to_many_selectin
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`slug`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id`

-- many_to_many_to_itself
SELECT `t0`.`id`, `t0`.`name` FROM `club` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`club_id` FROM `rivalry` AS `l0` INNER JOIN `club` AS `t0` ON `t0`.`id` = `l0`.`rival_id`
SELECT `t0`.`id`, `t0`.`name`, `l0`.`rival_id` FROM `rivalry` AS `l0` INNER JOIN `club` AS `t0` ON `t0`.`id` = `l0`.`club_id`

-- many_to_one_joined
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` ORDER BY `t0`.`id` ASC

-- many_to_one_key_only
SELECT `t0`.`id`, `t1`.`id` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` ORDER BY `t0`.`id` ASC

-- many_to_one_selectin
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- many_to_one_where
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` AND `t1`.`bio` IS NOT NULL ORDER BY `t0`.`id` ASC

-- match_always
SELECT `t0`.`id`, `t0`.`role`, `t1`.`id`, `t1`.`name` FROM `member` AS `t0` INNER JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` ORDER BY `t0`.`id` ASC

-- match_always_below
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`role`, `t1`.`team_id`, `t2`.`id`, `t2`.`name`, `t3`.`id`, `t3`.`team_id` FROM `team` AS `t0` LEFT JOIN `member` AS `t1` ON `t1`.`team_id` = `t0`.`id` LEFT JOIN `team` AS `t2` ON `t2`.`id` = `t1`.`team_id` LEFT JOIN `member` AS `t3` ON `t3`.`team_id` = `t2`.`id` ORDER BY `t0`.`id` ASC, `t1`.`id` ASC, `t3`.`id` ASC

-- match_always_nullable
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name` FROM `author` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` ORDER BY `t0`.`id` ASC

-- match_always_under_a_limit
SELECT `t0`.`id`, `t0`.`role`, `t1`.`id`, `t1`.`name` FROM `member` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` ORDER BY `t0`.`id` ASC LIMIT 2

-- merge_columns
SELECT `t0`.`id`, `t0`.`post_id`, `t0`.`author_id` FROM `note` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id`, `t0`.`team_id` FROM `post` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`name`, `t0`.`manager_id` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- merge_different_entities
SELECT `t0`.`id`, `t0`.`lead_id` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`team_id` FROM `post` AS `t0` WHERE `t0`.`team_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`post_id` FROM `note` AS `t0` WHERE `t0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`name` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- merge_equal_filters
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`body`, `t0`.`post_id` FROM `note` AS `t0` WHERE `t0`.`post_id` IS NOT NULL AND `t0`.`id` > ?
SELECT `t0`.`id`, `t0`.`post_id` FROM `note` AS `t0` WHERE `t0`.`post_id` IS NOT NULL AND `t0`.`id` > ?

-- merge_equal_lists
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`post_id` FROM `note` AS `t0` WHERE `t0`.`post_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`name` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AND (`t0`.`id` IN (?, ?))
SELECT `t0`.`id` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AND (`t0`.`id` IN (?, ?))

-- merge_inner_joins
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name` FROM `person` AS `t0` INNER JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name` FROM `person` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- merge_joined_chains
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`post_id` FROM `note` AS `t0` WHERE `t0`.`post_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name` FROM `person` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- merge_joined_collections
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`post_id` FROM `note` AS `t0` WHERE `t0`.`post_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`title`, `t1`.`author_id` FROM `person` AS `t0` LEFT JOIN `post` AS `t1` ON `t1`.`author_id` = `t0`.`id` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t1`.`id` ASC
SELECT `t0`.`id` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- merge_later_wave
SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`team_id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`manager_id`, `t0`.`team_id` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`name`, `t0`.`manager_id` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`name`, `t0`.`lead_id` FROM `team` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`name` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- merge_links
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`slug`, `l0`.`post_id`, `l0`.`tag_id`, `l0`.`added_at` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` ORDER BY `t0`.`id` ASC, `l0`.`post_id` ASC, `l0`.`tag_id` ASC

-- merge_more_waves
SELECT `t0`.`id`, `t0`.`name`, `t0`.`manager_id`, `t0`.`team_id` FROM `person` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`lead_id` FROM `team` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`name` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id` FROM `team` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- merge_one_to_one
SELECT `t0`.`id`, `t0`.`post_id` FROM `note` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title` FROM `post` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- merge_orders_differ
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`body`, `t0`.`post_id` FROM `note` AS `t0` WHERE `t0`.`post_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`post_id` FROM `note` AS `t0` WHERE `t0`.`post_id` IS NOT NULL

-- merge_recursions
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`manager_id` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `t0`.`manager_id`, `t0`.`team_id` FROM `person` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`manager_id` FROM `k` CROSS JOIN `person` AS `t0` WHERE `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`manager_id` FROM `person` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`, `n`) AS (SELECT *, 0 FROM (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AS `v` UNION (SELECT `t0`.`manager_id`, `k`.`n` + (1) FROM `k` CROSS JOIN `person` AS `t0` WHERE `k`.`n` < (1) AND `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- merge_self_reference
SELECT `t0`.`id`, `t0`.`name`, `t0`.`manager_id`, `t0`.`team_id` FROM `person` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`manager_id`, `t0`.`team_id` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- merge_subqueries
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`body`, `t0`.`post_id` FROM `note` AS `t0` WHERE `t0`.`post_id` IN (SELECT `t0`.`id` FROM `post` AS `t0`)
SELECT `t0`.`id` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT `t0`.`author_id` FROM `post` AS `t0`)
SELECT `t0`.`id`, `t0`.`name` FROM `person` AS `t0` WHERE `t0`.`id` IN (SELECT `t0`.`author_id` FROM `note` AS `t0` WHERE `t0`.`post_id` IN (SELECT `t0`.`id` FROM `post` AS `t0`))

-- merge_unites_joins
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`post_id` FROM `note` AS `t0` WHERE `t0`.`post_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name`, `t2`.`id`, `t2`.`name`, `t3`.`id`, `t3`.`name` FROM `person` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` LEFT JOIN `person` AS `t2` ON `t2`.`id` = `t1`.`lead_id` LEFT JOIN `person` AS `t3` ON `t3`.`id` = `t0`.`manager_id` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- merge_windows
SELECT `t0`.`id` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`team_id` FROM `post` AS `t0` WHERE `t0`.`team_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`team_id` FROM `person` AS `t0` WHERE `t0`.`team_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`body`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n` UNION ALL (SELECT 1 AS `n`)) AS `s` ON 1 = 1 STRAIGHT_JOIN `note` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `note` AS `w` WHERE `w`.`post_id` = `k`.`v0` ORDER BY `w`.`post_id` DESC, `w`.`id` DESC LIMIT 1) WHEN (`s`.`n` = (1)) THEN (SELECT `w`.`id` FROM `note` AS `w` WHERE `w`.`post_id` = `k`.`v0` ORDER BY `w`.`post_id` DESC, `w`.`id` DESC LIMIT 1 OFFSET 1) END) ORDER BY `t0`.`id` DESC

-- mixed_order_of_keys
SELECT `t0`.`id`, `t0`.`title`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` WHERE `t0`.`id` <= ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- nested_four_levels
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`body`, `t1`.`id`, `t1`.`name`, `t0`.`post_id` FROM `comment` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` WHERE `t0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- nested_mixed_strategies
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name` FROM `author` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`role`, `t0`.`team_id` FROM `member` AS `t0` WHERE `t0`.`team_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`title`, `t1`.`id`, `t1`.`body`, `t1`.`post_id`, `t0`.`author_id` FROM `post` AS `t0` LEFT JOIN `comment` AS `t1` ON `t1`.`post_id` = `t0`.`id` WHERE `t0`.`author_id` IS NOT NULL ORDER BY `t0`.`id` ASC, `t1`.`id` ASC

-- no_key_children
SELECT `t0`.`code`, `t0`.`name` FROM `station` AS `t0` ORDER BY `t0`.`code` ASC, `t0`.`name` ASC
SELECT `t0`.`value`, `t0`.`unit`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$')) AS j) AS `k` CROSS JOIN `reading` AS `t0` WHERE `t0`.`station_code` = `k`.`v0` ORDER BY `t0`.`station_code` ASC, `t0`.`value` ASC, `t0`.`unit` ASC

-- no_key_parents
SELECT `t0`.`value`, `t1`.`name`, `t1`.`code` FROM `reading` AS `t0` LEFT JOIN `station` AS `t1` ON `t1`.`code` = `t0`.`station_code` ORDER BY `t0`.`station_code` ASC, `t0`.`value` ASC, `t0`.`unit` ASC

-- no_key_parents_of_collections
SELECT `t0`.`code`, `t0`.`name` FROM `station` AS `t0` ORDER BY `t0`.`name` DESC, `t0`.`code` DESC
SELECT `t0`.`value`, `t0`.`eagerly_key` FROM (SELECT `t0`.`station_code`, `t0`.`value`, `t0`.`unit`, `k`.`o` AS `eagerly_key`, ROW_NUMBER() OVER ( PARTITION BY `k`.`o` ORDER BY `t0`.`value` DESC, `t0`.`station_code` DESC, `t0`.`unit` DESC ) AS `eagerly_row` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$')) AS j) AS `k` CROSS JOIN `reading` AS `t0` WHERE `t0`.`station_code` = `k`.`v0`) AS `t0` WHERE `t0`.`eagerly_row` <= (2) ORDER BY `t0`.`value` DESC, `t0`.`station_code` DESC, `t0`.`unit` DESC

-- no_key_unfolding
SELECT `t0`.`code` FROM `station` AS `t0` WHERE `t0`.`code` IS NOT NULL ORDER BY `t0`.`code` ASC, `t0`.`name` ASC
SELECT `t0`.`value`, `t1`.`code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$')) AS j) AS `k` CROSS JOIN `reading` AS `t0` LEFT JOIN `station` AS `t1` ON `t1`.`code` = `t0`.`station_code` WHERE `t0`.`station_code` = `k`.`v0` ORDER BY `t0`.`station_code` ASC, `t0`.`value` ASC, `t0`.`unit` ASC
SELECT `t0`.`value`, `t0`.`eagerly_key` FROM (SELECT `t0`.`station_code`, `t0`.`value`, `t0`.`unit`, `k`.`o` AS `eagerly_key`, ROW_NUMBER() OVER ( PARTITION BY `k`.`o` ORDER BY `t0`.`station_code` ASC, `t0`.`value` ASC, `t0`.`unit` ASC ) AS `eagerly_row` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$')) AS j) AS `k` CROSS JOIN `reading` AS `t0` WHERE `t0`.`station_code` = `k`.`v0`) AS `t0` WHERE `t0`.`eagerly_row` <= (1) ORDER BY `t0`.`station_code` ASC, `t0`.`value` ASC, `t0`.`unit` ASC

-- noload_listed
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`team_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- one_to_many_joined
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`title`, `t1`.`author_id` FROM `author` AS `t0` LEFT JOIN `post` AS `t1` ON `t1`.`author_id` = `t0`.`id` ORDER BY `t0`.`id` ASC, `t1`.`id` ASC

-- one_to_many_limit
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`created_at`, `t0`.`author_id` FROM (SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`created_at`, ROW_NUMBER() OVER ( PARTITION BY `t0`.`author_id` ORDER BY `t0`.`created_at` DESC, `t0`.`id` DESC ) AS `eagerly_row` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL) AS `t0` WHERE `t0`.`eagerly_row` <= (2) ORDER BY `t0`.`created_at` DESC, `t0`.`id` DESC

-- one_to_many_limit_and_offset
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `comment` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `comment` AS `w` WHERE `w`.`post_id` = `k`.`v0` ORDER BY `w`.`post_id` DESC, `w`.`id` DESC LIMIT 1 OFFSET 1) END) ORDER BY `t0`.`id` DESC

-- one_to_many_limit_zero
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC

-- one_to_many_offset
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id` FROM (SELECT `t0`.`id`, `t0`.`author_id`, ROW_NUMBER() OVER ( PARTITION BY `t0`.`author_id` ORDER BY `t0`.`id` ASC ) AS `eagerly_row` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL) AS `t0` WHERE `t0`.`eagerly_row` > (1) ORDER BY `t0`.`id` ASC

-- one_to_many_order_nullable_ascending
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`score`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL ORDER BY `t0`.`score` ASC, `t0`.`id` ASC

-- one_to_many_order_nullable_descending
SELECT `t0`.`id`, `t0`.`score` FROM `post` AS `t0` ORDER BY `t0`.`score` DESC, `t0`.`id` DESC
SELECT `t0`.`id`, `t0`.`created_at`, `t0`.`post_id` FROM `comment` AS `t0` ORDER BY `t0`.`created_at` DESC, `t0`.`id` DESC

-- one_to_many_selectin
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL

-- one_to_many_where
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`score`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL AND (`t0`.`published` = ? AND `t0`.`score` > ?)

-- one_to_one
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`motto`, `t1`.`person_id`, `t2`.`person_id`, `t2`.`number` FROM `person` AS `t0` LEFT JOIN `profile` AS `t1` ON `t1`.`person_id` = `t0`.`id` LEFT JOIN `passport` AS `t2` ON `t2`.`person_id` = `t0`.`id` ORDER BY `t0`.`id` ASC

-- one_to_one_inner
SELECT `t0`.`id`, `t0`.`name`, `t1`.`person_id`, `t1`.`number`, `t2`.`id`, `t2`.`person_id` FROM `person` AS `t0` INNER JOIN `passport` AS `t1` ON `t1`.`person_id` = `t0`.`id` LEFT JOIN `profile` AS `t2` ON `t2`.`person_id` = `t0`.`id` ORDER BY `t0`.`id` ASC

-- one_to_one_joined_with_limit
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`motto`, `t1`.`person_id`, `t2`.`person_id`, `t2`.`number` FROM `person` AS `t0` LEFT JOIN `profile` AS `t1` ON `t1`.`person_id` = `t0`.`id` LEFT JOIN `passport` AS `t2` ON `t2`.`person_id` = `t0`.`id` ORDER BY `t0`.`name` DESC, `t0`.`id` DESC LIMIT 2

-- one_to_one_where
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`login`, `t2`.`id`, `t2`.`motto`, `t2`.`person_id` FROM `person` AS `t0` LEFT JOIN `account` AS `t1` ON `t1`.`login` = `t0`.`login` AND `t1`.`plan` = ? LEFT JOIN `profile` AS `t2` ON `t2`.`person_id` = `t0`.`id` AND (`t2`.`motto` LIKE ? ESCAPE x'5C') ORDER BY `t0`.`id` ASC

-- orphans_back
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`team_id` FROM `worker` AS `t0`

-- orphans_composite
SELECT `t0`.`id`, `t1`.`country`, `t1`.`number` FROM `worker` AS `t0` LEFT JOIN `shop` AS `t1` ON `t1`.`country` = `t0`.`country` AND `t1`.`number` = `t0`.`number` ORDER BY `t0`.`id` ASC

-- orphans_deep
SELECT `t0`.`worker_id`, `t0`.`color` FROM `badge` AS `t0` ORDER BY `t0`.`worker_id` ASC
SELECT `t0`.`id`, `t1`.`id`, `t2`.`country`, `t2`.`number`, `t2`.`name` FROM `worker` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` LEFT JOIN `shop` AS `t2` ON `t2`.`country` = `t0`.`country` AND `t2`.`number` = `t0`.`number` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- orphans_inner
SELECT `t0`.`id`, `t1`.`id` FROM `worker` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` WHERE EXISTS(SELECT 1 FROM `team` AS `e0` WHERE `e0`.`id` = `t0`.`team_id`) ORDER BY `t0`.`id` DESC LIMIT 2

-- orphans_inner_below
SELECT `t0`.`id` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t1`.`country`, `t1`.`number`, `t0`.`team_id` FROM `worker` AS `t0` INNER JOIN `shop` AS `t1` ON `t1`.`country` = `t0`.`country` AND `t1`.`number` = `t0`.`number`

-- orphans_key
SELECT `t0`.`id`, `t1`.`id` FROM `worker` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` ORDER BY `t0`.`id` ASC

-- orphans_one_to_one
SELECT `t0`.`worker_id`, `t0`.`color`, `t1`.`id`, `t2`.`id` FROM `badge` AS `t0` LEFT JOIN `worker` AS `t1` ON `t1`.`id` = `t0`.`worker_id` LEFT JOIN `team` AS `t2` ON `t2`.`id` = `t1`.`team_id` ORDER BY `t0`.`worker_id` ASC

-- orphans_to_one
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name` FROM `worker` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` ORDER BY `t0`.`id` ASC

-- orphans_up_and_down
SELECT `t0`.`id`, `t1`.`id` FROM `worker` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`team_id` FROM `worker` AS `t0` WHERE `t0`.`team_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- orphans_where
SELECT `t0`.`id`, `t1`.`id`, `t2`.`country`, `t2`.`number` FROM `worker` AS `t0` LEFT JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` LEFT JOIN `shop` AS `t2` ON `t2`.`country` = `t0`.`country` AND `t2`.`number` = `t0`.`number` WHERE (NOT EXISTS(SELECT 1 FROM `team` AS `e0` WHERE `e0`.`id` = `t0`.`team_id`)) OR EXISTS(SELECT 1 FROM `shop` AS `e1` WHERE `e1`.`country` = `t0`.`country` AND `e1`.`number` = `t0`.`number` AND `e1`.`number` = ?) ORDER BY `t0`.`id` ASC

-- raise_listed
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- recurse_alias
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_all_columns
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id`, `t0`.`name`, `t0`.`weight` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_below_a_collection
SELECT `t0`.`id`, `t0`.`name` FROM `owner` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`owner_id` FROM `package` AS `t0` WHERE `t0`.`owner_id` IS NOT NULL
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`, `n`) AS (SELECT *, 0 FROM (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AS `v` UNION (SELECT `t0`.`id`, `k`.`n` + (1) FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `k`.`n` < (1) AND `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_below_a_to_one
SELECT `t0`.`id`, `t0`.`version`, `t1`.`id`, `t1`.`name` FROM `release` AS `t0` LEFT JOIN `package` AS `t1` ON `t1`.`id` = `t0`.`package_id` ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_below_recurse
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`parent_id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`id` ASC

-- recurse_blob_key
SELECT `t0`.`hash`, `t0`.`parent` FROM `chunk` AS `t0` ORDER BY `t0`.`hash` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`hash`, `t0`.`parent` FROM `chunk` AS `t0` WHERE `t0`.`hash` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT UNHEX(j.v0) FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 mediumtext CHARACTER SET ascii PATH '$')) AS j UNION (SELECT `t0`.`parent` FROM `k` CROSS JOIN `chunk` AS `t0` WHERE `t0`.`hash` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`hash`, `t0`.`parent` FROM `chunk` AS `t0` WHERE `t0`.`parent` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT UNHEX(j.v0) FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 mediumtext CHARACTER SET ascii PATH '$')) AS j UNION (SELECT `t0`.`hash` FROM `k` CROSS JOIN `chunk` AS `t0` WHERE `t0`.`parent` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`hash` ASC

-- recurse_composite_key
SELECT `t0`.`country`, `t0`.`code`, `t0`.`parent` FROM `area` AS `t0` ORDER BY `t0`.`country` ASC, `t0`.`code` ASC
SELECT `t0`.`country`, `t0`.`code`, `t0`.`parent`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `area` AS `t0` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`code` = `k`.`v1`
SELECT `t0`.`country`, `t0`.`code`, `t0`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `area` AS `t0` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`parent` = `k`.`v1` ORDER BY `t0`.`country` ASC, `t0`.`code` ASC

-- recurse_cycles
SELECT `t0`.`id`, `t0`.`next_id` FROM `step` AS `t0` ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`next_id` FROM `step` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`next_id` FROM `k` CROSS JOIN `step` AS `t0` WHERE `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)

-- recurse_cycles_down
SELECT `t0`.`id` FROM `step` AS `t0` ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`next_id` FROM `step` AS `t0` WHERE `t0`.`next_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `step` AS `t0` WHERE `t0`.`next_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_depth_0
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`id` ASC

-- recurse_depth_1
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`, `n`) AS (SELECT *, 0 FROM (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AS `v` UNION (SELECT `t0`.`id`, `k`.`n` + (1) FROM `k` CROSS JOIN `node` AS `t0` WHERE `k`.`n` < (1) AND `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_depth_2
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` IN (?, ?) ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`, `n`) AS (SELECT *, 0 FROM (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AS `v` UNION (SELECT `t0`.`id`, `k`.`n` + (1) FROM `k` CROSS JOIN `node` AS `t0` WHERE `k`.`n` < (2) AND `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_depth_in_a_cycle
SELECT `t0`.`id`, `t0`.`next_id` FROM `step` AS `t0` WHERE `t0`.`id` IN (?, ?, ?, ?) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`next_id` FROM `step` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`next_id` FROM `step` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`next_id` FROM `step` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- recurse_depth_up
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` IN (?, ?) ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`, `n`) AS (SELECT *, 0 FROM (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AS `v` UNION (SELECT `t0`.`parent_id`, `k`.`n` + (1) FROM `k` CROSS JOIN `node` AS `t0` WHERE `k`.`n` < (1) AND `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)

-- recurse_diamonds_in_diamonds
SELECT `t0`.`id` FROM `n` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `l0`.`a_id` FROM `e` AS `l0` INNER JOIN `n` AS `t0` ON `t0`.`id` = `l0`.`b_id` WHERE `l0`.`a_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `e` AS `l0` CROSS JOIN `n` AS `t0` WHERE `l0`.`a_id` = `k`.`v0` AND `t0`.`id` = `l0`.`b_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_down
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_inner
SELECT `t0`.`id` FROM `node` AS `t0` WHERE EXISTS(SELECT 1 FROM `node` AS `e0` WHERE `e0`.`parent_id` = `t0`.`id`) ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_joined_gives_way
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_limit
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `node` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `node` AS `w` WHERE `w`.`parent_id` = `k`.`v0` ORDER BY `w`.`parent_id` ASC, `w`.`id` ASC LIMIT 1) END) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `node` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `node` AS `w` WHERE `w`.`parent_id` = `k`.`v0` ORDER BY `w`.`parent_id` ASC, `w`.`id` ASC LIMIT 1) END) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `node` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `node` AS `w` WHERE `w`.`parent_id` = `k`.`v0` ORDER BY `w`.`parent_id` ASC, `w`.`id` ASC LIMIT 1) END) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `node` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `node` AS `w` WHERE `w`.`parent_id` = `k`.`v0` ORDER BY `w`.`parent_id` ASC, `w`.`id` ASC LIMIT 1) END) ORDER BY `t0`.`id` ASC

-- recurse_limit_zero
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` < ? ORDER BY `t0`.`id` ASC

-- recurse_link
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` IN (?, ?, ?, ?) ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `l0`.`package_id`, `l0`.`needs_id`, `l0`.`kind`, `l0`.`optional` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC, `l0`.`package_id` ASC, `l0`.`needs_id` ASC

-- recurse_link_by_two_paths
SELECT `t0`.`id`, `t0`.`name`, `t0`.`owner_id`, `t0`.`size` FROM `package` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `l0`.`package_id`, `l0`.`needs_id`, `l0`.`kind` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`, `n`) AS (SELECT *, 0 FROM (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AS `v` UNION (SELECT `t0`.`id`, `k`.`n` + (1) FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `k`.`n` < (1) AND `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`name` DESC, `t0`.`id` DESC, `l0`.`package_id` DESC, `l0`.`needs_id` DESC

-- recurse_many_to_many
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`name` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_many_to_many_back
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `l0`.`needs_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`package_id` WHERE `l0`.`needs_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`needs_id` = `k`.`v0` AND `t0`.`id` = `l0`.`package_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_many_to_many_cycles
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` IN (?, ?, ?, ?) ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_nested
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` LEFT JOIN `owner` AS `t1` ON `t1`.`id` = `t0`.`owner_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`version`, `t0`.`package_id` FROM `release` AS `t0` WHERE `t0`.`package_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- recurse_nested_inner
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`version`, `t1`.`package_id`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` LEFT JOIN `release` AS `t1` ON `t1`.`package_id` = `t0`.`id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id` AND EXISTS(SELECT 1 FROM `release` AS `e0` WHERE `e0`.`package_id` = `t0`.`id`))) SELECT `k`.`v0` FROM `k`) AND EXISTS(SELECT 1 FROM `release` AS `e1` WHERE `e1`.`package_id` = `t0`.`id`) ORDER BY `t0`.`id` ASC, `t1`.`id` ASC

-- recurse_nested_limit
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` IN (?, ?) ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`version`, `t0`.`package_id` FROM (SELECT `t0`.`id`, `t0`.`package_id`, `t0`.`version`, ROW_NUMBER() OVER ( PARTITION BY `t0`.`package_id` ORDER BY `t0`.`version` DESC, `t0`.`id` DESC ) AS `eagerly_row` FROM `release` AS `t0` WHERE `t0`.`package_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)) AS `t0` WHERE `t0`.`eagerly_row` <= (1) ORDER BY `t0`.`version` DESC, `t0`.`id` DESC

-- recurse_nocase_key
SELECT `t0`.`code`, `t0`.`parent_code` FROM `word` AS `t0` ORDER BY `t0`.`code` ASC
SELECT `t0`.`code`, `t0`.`parent_code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$')) AS j) AS `k` CROSS JOIN `word` AS `t0` WHERE `t0`.`code` = `k`.`v0`

-- recurse_offset
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`parent_id` FROM (SELECT `t0`.`id`, `t0`.`parent_id`, `t0`.`name`, ROW_NUMBER() OVER ( PARTITION BY `t0`.`parent_id` ORDER BY `t0`.`name` DESC, `t0`.`id` DESC ) AS `eagerly_row` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)) AS `t0` WHERE `t0`.`eagerly_row` > (1) AND `t0`.`eagerly_row` <= (2) ORDER BY `t0`.`name` DESC, `t0`.`id` DESC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`parent_id` FROM (SELECT `t0`.`id`, `t0`.`parent_id`, `t0`.`name`, ROW_NUMBER() OVER ( PARTITION BY `t0`.`parent_id` ORDER BY `t0`.`name` DESC, `t0`.`id` DESC ) AS `eagerly_row` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)) AS `t0` WHERE `t0`.`eagerly_row` > (1) AND `t0`.`eagerly_row` <= (2) ORDER BY `t0`.`name` DESC, `t0`.`id` DESC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`parent_id` FROM (SELECT `t0`.`id`, `t0`.`parent_id`, `t0`.`name`, ROW_NUMBER() OVER ( PARTITION BY `t0`.`parent_id` ORDER BY `t0`.`name` DESC, `t0`.`id` DESC ) AS `eagerly_row` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)) AS `t0` WHERE `t0`.`eagerly_row` > (1) AND `t0`.`eagerly_row` <= (2) ORDER BY `t0`.`name` DESC, `t0`.`id` DESC

-- recurse_one_to_one
SELECT `t0`.`id`, `t0`.`next_id` FROM `link` AS `t0` ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`next_id` FROM `link` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`next_id` FROM `k` CROSS JOIN `link` AS `t0` WHERE `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`next_id` FROM `link` AS `t0` WHERE `t0`.`next_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `link` AS `t0` WHERE `t0`.`next_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)

-- recurse_order
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`weight`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`weight` DESC, `t0`.`id` DESC

-- recurse_path_through_others
SELECT `t0`.`id`, `t1`.`id` FROM `node` AS `t0` LEFT JOIN `node` AS `t1` ON `t1`.`id` = `t0`.`parent_id` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_plain_beside
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- recurse_root_window
SELECT `t0`.`id` FROM `node` AS `t0` ORDER BY `t0`.`id` DESC LIMIT 2 OFFSET 4
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_rtrim_key
SELECT `t0`.`code`, `t0`.`parent_code` FROM `word` AS `t0` ORDER BY `t0`.`code` ASC
SELECT `t0`.`code`, `t0`.`parent_code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$')) AS j) AS `k` CROSS JOIN `word` AS `t0` WHERE `t0`.`code` = `k`.`v0`

-- recurse_self_loop
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_subquery_gives_way
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` < ? ORDER BY `t0`.`id` DESC LIMIT 1
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_text_key
SELECT `t0`.`code` FROM `word` AS `t0` WHERE `t0`.`code` IN (?, ?) ORDER BY `t0`.`code` ASC
SELECT `t0`.`code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$')) AS j) AS `k` CROSS JOIN `word` AS `t0` WHERE `t0`.`parent_code` = `k`.`v0` ORDER BY `t0`.`code` ASC
SELECT `t0`.`code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$')) AS j) AS `k` CROSS JOIN `word` AS `t0` WHERE `t0`.`parent_code` = `k`.`v0` ORDER BY `t0`.`code` ASC
SELECT `t0`.`code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$')) AS j) AS `k` CROSS JOIN `word` AS `t0` WHERE `t0`.`parent_code` = `k`.`v0` ORDER BY `t0`.`code` ASC

-- recurse_to_one_where
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id`, `t0`.`name` FROM `node` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`parent_id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`id` = `k`.`v0` AND `t0`.`name` <> ?)) SELECT `k`.`v0` FROM `k`) AND `t0`.`name` <> ?

-- recurse_twice
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0` AND `t0`.`id` <> ?)) SELECT `k`.`v0` FROM `k`) AND `t0`.`id` <> ? ORDER BY `t0`.`id` ASC

-- recurse_up
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`parent_id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)

-- recurse_up_and_down
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` IN (?, ?, ?, ?) ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`parent_id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`)
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- recurse_where
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`weight`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0` AND (`t0`.`weight` < ? OR (`t0`.`weight` <=> NULL)))) SELECT `k`.`v0` FROM `k`) AND (`t0`.`weight` < ? OR (`t0`.`weight` <=> NULL)) ORDER BY `t0`.`id` ASC

-- recurse_where_relationship
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `l0`.`package_id` FROM `dependency` AS `l0` INNER JOIN `package` AS `t0` ON `t0`.`id` = `l0`.`needs_id` WHERE `l0`.`package_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `dependency` AS `l0` CROSS JOIN `package` AS `t0` WHERE `l0`.`package_id` = `k`.`v0` AND `t0`.`id` = `l0`.`needs_id` AND EXISTS(SELECT 1 FROM `release` AS `e0` WHERE `e0`.`package_id` = `t0`.`id`))) SELECT `k`.`v0` FROM `k`) AND EXISTS(SELECT 1 FROM `release` AS `e1` WHERE `e1`.`package_id` = `t0`.`id`) ORDER BY `t0`.`id` ASC

-- recurse_without_a_key
SELECT `t0`.`code`, `t0`.`name` FROM `part` AS `t0` ORDER BY `t0`.`code` ASC, `t0`.`up` ASC, `t0`.`name` ASC
SELECT `t0`.`code`, `t0`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$')) AS j) AS `k` CROSS JOIN `part` AS `t0` WHERE `t0`.`up` = `k`.`v0` ORDER BY `t0`.`code` ASC, `t0`.`up` ASC, `t0`.`name` ASC
SELECT `t0`.`code`, `t0`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$')) AS j) AS `k` CROSS JOIN `part` AS `t0` WHERE `t0`.`up` = `k`.`v0` ORDER BY `t0`.`code` ASC, `t0`.`up` ASC, `t0`.`name` ASC

-- recurse_without_roots
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC

-- relationships_only_means_all_columns
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`team_id` IS NOT NULL

-- root_all_columns
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio`, `t0`.`team_id` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC

-- root_columns_and_alias
SELECT `t0`.`id`, `t0`.`title`, `t0`.`published` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC

-- root_empty
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC

-- root_limit_zero

-- root_offset_alone
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC LIMIT 9223372036854775807 OFFSET 5
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- root_order_and_window
SELECT `t0`.`id`, `t0`.`created_at` FROM `post` AS `t0` ORDER BY `t0`.`created_at` DESC, `t0`.`title` ASC, `t0`.`id` ASC LIMIT 3 OFFSET 1

-- root_order_nullable_ascending
SELECT `t0`.`id`, `t0`.`score` FROM `post` AS `t0` ORDER BY `t0`.`score` ASC, `t0`.`id` ASC

-- server_composite_exists
SELECT `t0`.`a`, `t0`.`b`, `t0`.`name` FROM `kit` AS `t0` WHERE EXISTS(SELECT 1 FROM `part` AS `e0` WHERE `e0`.`a` = `t0`.`a` AND `e0`.`b` = `t0`.`b` AND `e0`.`id` <= ?) ORDER BY `t0`.`a` ASC, `t0`.`b` ASC

-- server_composite_keys
SELECT `t0`.`a`, `t0`.`b`, `t0`.`name` FROM `kit` AS `t0` ORDER BY `t0`.`a` ASC, `t0`.`b` ASC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$[0]', v1 decimal(9,1) PATH '$[1]')) AS j) AS `k` CROSS JOIN `part` AS `t0` WHERE `t0`.`a` = `k`.`v0` AND `t0`.`b` = `k`.`v1` ORDER BY `t0`.`id` ASC

-- server_composite_targets
SELECT `t0`.`id`, `t1`.`a`, `t1`.`b`, `t1`.`name` FROM `part` AS `t0` LEFT JOIN `kit` AS `t1` ON `t1`.`a` = `t0`.`a` AND `t1`.`b` = `t0`.`b` ORDER BY `t0`.`id` ASC

-- server_decimal_keys
SELECT `t0`.`amount`, `t0`.`name` FROM `price` AS `t0` ORDER BY `t0`.`amount` ASC
SELECT `t0`.`id`, `t0`.`price_amount`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 decimal(30,1) PATH '$')) AS j) AS `k` CROSS JOIN `offer` AS `t0` WHERE `t0`.`price_amount` = `k`.`v0` ORDER BY `t0`.`id` ASC

-- server_decimal_targets
SELECT `t0`.`id`, `t0`.`price_amount`, `t1`.`amount`, `t1`.`name` FROM `offer` AS `t0` LEFT JOIN `price` AS `t1` ON `t1`.`amount` = `t0`.`price_amount` ORDER BY `t0`.`id` ASC

-- server_float_keys
SELECT `t0`.`x` FROM `level` AS `t0` ORDER BY `t0`.`x` ASC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 double PATH '$')) AS j) AS `k` CROSS JOIN `dot` AS `t0` WHERE `t0`.`level_x` = `k`.`v0` ORDER BY `t0`.`id` ASC

-- server_float_targets
SELECT `t0`.`id`, `t1`.`x` FROM `dot` AS `t0` LEFT JOIN `level` AS `t1` ON `t1`.`x` = `t0`.`level_x` ORDER BY `t0`.`id` ASC

-- server_many_to_many_keys
SELECT `t0`.`code` FROM `post` AS `t0` ORDER BY `t0`.`code` ASC
SELECT `t0`.`slug`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 decimal(9,1) PATH '$')) AS j) AS `k` CROSS JOIN `pair` AS `l0` CROSS JOIN `tag` AS `t0` WHERE `l0`.`post_code` = `k`.`v0` AND `t0`.`slug` = `l0`.`tag_slug` ORDER BY `t0`.`slug` ASC

-- server_many_to_many_link
SELECT `t0`.`code` FROM `post` AS `t0` ORDER BY `t0`.`code` ASC
SELECT `t0`.`slug`, `l0`.`post_code`, `l0`.`tag_slug`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 decimal(9,1) PATH '$')) AS j) AS `k` CROSS JOIN `pair` AS `l0` CROSS JOIN `tag` AS `t0` WHERE `l0`.`post_code` = `k`.`v0` AND `t0`.`slug` = `l0`.`tag_slug` ORDER BY `t0`.`slug` ASC, `l0`.`post_code` ASC, `l0`.`tag_slug` ASC

-- server_many_to_many_targets
SELECT `t0`.`slug` FROM `tag` AS `t0` ORDER BY `t0`.`slug` ASC
SELECT `t0`.`code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$')) AS j) AS `k` CROSS JOIN `pair` AS `l0` CROSS JOIN `post` AS `t0` WHERE `l0`.`tag_slug` = `k`.`v0` AND `t0`.`code` = `l0`.`post_code` ORDER BY `t0`.`code` ASC

-- server_moment_keys
SET STATEMENT sql_mode = 'ALLOW_INVALID_DATES' FOR SELECT `t0`.`at`, `t0`.`name` FROM `moment` AS `t0` ORDER BY `t0`.`at` ASC
SET STATEMENT sql_mode = 'ALLOW_INVALID_DATES' FOR SELECT `t0`.`id`, `t0`.`moment_at`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 datetime(6) PATH '$')) AS j) AS `k` CROSS JOIN `event` AS `t0` WHERE `t0`.`moment_at` = `k`.`v0` ORDER BY `t0`.`id` ASC

-- server_moment_targets
SET STATEMENT sql_mode = 'ALLOW_INVALID_DATES' FOR SELECT `t0`.`id`, `t0`.`moment_at`, `t1`.`at`, `t1`.`name` FROM `event` AS `t0` LEFT JOIN `moment` AS `t1` ON `t1`.`at` = `t0`.`moment_at` ORDER BY `t0`.`id` ASC

-- server_numbers_in_filters
SELECT `t0`.`id` FROM `n` AS `t0` WHERE (`t0`.`small` > ? AND `t0`.`small` <= ?) OR `t0`.`big` = ? OR (`t0`.`exact` = ? OR `t0`.`exact` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 decimal(65,30) PATH '$', v1 longtext CHARACTER SET utf8mb4 PATH '$')) AS j WHERE j.v0 = j.v1)) OR ((`t0`.`real_` IN (?, ?)) OR `t0`.`double_` = ? OR ((`t0`.`id` IN (?, ?)) OR ((`t0`.`id` NOT IN (?, ?)) AND `t0`.`small` >= ?))) OR `t0`.`id` = ? ORDER BY `t0`.`id` ASC

-- server_padding_keys
SELECT `t0`.`code`, `t0`.`name` FROM `city` AS `t0` ORDER BY `t0`.`code` ASC
SELECT `t0`.`id`, `t0`.`city_code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$')) AS j) AS `k` CROSS JOIN `street` AS `t0` WHERE `t0`.`city_code` = `k`.`v0` ORDER BY `t0`.`id` ASC

-- server_padding_targets
SELECT `t0`.`id`, `t1`.`code`, `t1`.`name` FROM `street` AS `t0` LEFT JOIN `city` AS `t1` ON `t1`.`code` = `t0`.`city_code` ORDER BY `t0`.`id` ASC

-- server_plain_text_exists
SELECT `t0`.`code`, `t0`.`name` FROM `writer` AS `t0` WHERE EXISTS(SELECT 1 FROM `book` AS `e0` WHERE `e0`.`writer_code` = `t0`.`code` AND `e0`.`id` <= ?) ORDER BY `t0`.`code` ASC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$')) AS j) AS `k` CROSS JOIN `book` AS `t0` WHERE `t0`.`writer_code` = `k`.`v0` AND EXISTS(SELECT 1 FROM `writer` AS `e0` WHERE `e0`.`code` = `t0`.`writer_code` AND `e0`.`name` = ?) ORDER BY `t0`.`id` ASC

-- server_plain_text_keys
SELECT `t0`.`code` FROM `writer` AS `t0` ORDER BY `t0`.`code` ASC
SELECT `t0`.`id`, `t0`.`writer_code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$')) AS j) AS `k` CROSS JOIN `book` AS `t0` WHERE `t0`.`writer_code` = `k`.`v0` ORDER BY `t0`.`id` ASC

-- server_plain_text_targets
SELECT `t0`.`id`, `t1`.`code`, `t1`.`name` FROM `book` AS `t0` LEFT JOIN `writer` AS `t1` ON `t1`.`code` = `t0`.`writer_code` ORDER BY `t0`.`id` ASC

-- server_plain_text_way_back
SELECT `t0`.`code`, `t0`.`name` FROM `writer` AS `t0` ORDER BY `t0`.`code` ASC
SELECT `t0`.`id`, `t1`.`code`, `t1`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n` UNION ALL (SELECT 1 AS `n`)) AS `s` ON 1 = 1 STRAIGHT_JOIN `book` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `book` AS `w` WHERE `w`.`writer_code` = `k`.`v0` ORDER BY `w`.`writer_code` DESC, `w`.`id` DESC LIMIT 1) WHEN (`s`.`n` = (1)) THEN (SELECT `w`.`id` FROM `book` AS `w` WHERE `w`.`writer_code` = `k`.`v0` ORDER BY `w`.`writer_code` DESC, `w`.`id` DESC LIMIT 1 OFFSET 1) END) LEFT JOIN `writer` AS `t1` ON `t1`.`code` = `t0`.`writer_code` ORDER BY `t0`.`id` DESC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$')) AS j) AS `k` CROSS JOIN `book` AS `t0` WHERE `t0`.`writer_code` = `k`.`v0` ORDER BY `t0`.`id` ASC

-- server_small_float_keys
SELECT `t0`.`id`, `t0`.`k` FROM `p` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t1`.`id`, `t1`.`k`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 double PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n` UNION ALL (SELECT 1 AS `n`) UNION ALL (SELECT 2 AS `n`) UNION ALL (SELECT 3 AS `n`) UNION ALL (SELECT 4 AS `n`)) AS `s` ON 1 = 1 STRAIGHT_JOIN `c` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `c` AS `w` WHERE `w`.`p_k` = `k`.`v0` ORDER BY `w`.`p_k` ASC, `w`.`id` ASC LIMIT 1) WHEN (`s`.`n` = (1)) THEN (SELECT `w`.`id` FROM `c` AS `w` WHERE `w`.`p_k` = `k`.`v0` ORDER BY `w`.`p_k` ASC, `w`.`id` ASC LIMIT 1 OFFSET 1) WHEN (`s`.`n` = (2)) THEN (SELECT `w`.`id` FROM `c` AS `w` WHERE `w`.`p_k` = `k`.`v0` ORDER BY `w`.`p_k` ASC, `w`.`id` ASC LIMIT 1 OFFSET 2) WHEN (`s`.`n` = (3)) THEN (SELECT `w`.`id` FROM `c` AS `w` WHERE `w`.`p_k` = `k`.`v0` ORDER BY `w`.`p_k` ASC, `w`.`id` ASC LIMIT 1 OFFSET 3) WHEN (`s`.`n` = (4)) THEN (SELECT `w`.`id` FROM `c` AS `w` WHERE `w`.`p_k` = `k`.`v0` ORDER BY `w`.`p_k` ASC, `w`.`id` ASC LIMIT 1 OFFSET 4) END) LEFT JOIN `p` AS `t1` ON `t1`.`k` = `t0`.`p_k` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 double PATH '$')) AS j) AS `k` CROSS JOIN `c` AS `t0` WHERE `t0`.`p_k` = `k`.`v0` ORDER BY `t0`.`id` ASC

-- server_wide_keys
SELECT `t0`.`n` FROM `wide` AS `t0` ORDER BY `t0`.`n` ASC
SELECT `t0`.`id`, `t0`.`wide_n` FROM `narrow` AS `t0` WHERE `t0`.`wide_n` IS NOT NULL

-- server_wide_targets
SELECT `t0`.`id`, `t0`.`wide_n`, `t1`.`n` FROM `narrow` AS `t0` LEFT JOIN `wide` AS `t1` ON `t1`.`n` = `t0`.`wide_n` ORDER BY `t0`.`id` ASC

-- shared_children
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name`, `t2`.`id`, `t2`.`name` FROM `comment` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` LEFT JOIN `team` AS `t2` ON `t2`.`id` = `t1`.`team_id` ORDER BY `t0`.`id` ASC

-- siblings_joined
SELECT `t0`.`id`, `t1`.`id`, `t1`.`post_id`, `t2`.`id` FROM `post` AS `t0` LEFT JOIN `comment` AS `t1` ON `t1`.`post_id` = `t0`.`id` LEFT JOIN `post_tag` AS `l2` ON `l2`.`post_id` = `t0`.`id` LEFT JOIN `tag` AS `t2` ON `t2`.`id` = `l2`.`tag_id` ORDER BY `t0`.`id` ASC, `t1`.`id` ASC, `t2`.`id` ASC

-- siblings_selectin
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`post_id` FROM `comment` AS `t0`
SELECT `t0`.`id`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id`
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- subquery_above_selectin
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT `t0`.`id` FROM `author` AS `t0`)
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- subquery_below_a_limit_per_parent
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM (SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`title`, `t0`.`score`, ROW_NUMBER() OVER ( PARTITION BY `t0`.`author_id` ORDER BY `t0`.`score` DESC, `t0`.`id` DESC ) AS `eagerly_row` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT `t0`.`id` FROM `author` AS `t0`)) AS `t0` WHERE `t0`.`eagerly_row` <= (1) ORDER BY `t0`.`score` DESC, `t0`.`id` DESC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- subquery_below_joined
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name`, `t2`.`id`, `t2`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` LEFT JOIN `team` AS `t2` ON `t2`.`id` = `t1`.`team_id` ORDER BY `t0`.`id` DESC LIMIT 4
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT `t0`.`id` FROM `author` AS `t0` WHERE `t0`.`id` IN (SELECT * FROM (SELECT `t0`.`author_id` FROM `post` AS `t0` ORDER BY `t0`.`id` DESC LIMIT 4) AS `w`))

-- subquery_below_selectin
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`body`, `t0`.`post_id` FROM `comment` AS `t0` WHERE `t0`.`post_id` IN (SELECT `t0`.`id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT `t0`.`id` FROM `author` AS `t0`))

-- subquery_below_subquery
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` WHERE `t0`.`id` <= ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT `t0`.`id` FROM `author` AS `t0` WHERE `t0`.`id` <= ?) AND `t0`.`published` = ?
SELECT `t0`.`id`, `t0`.`body`, `t0`.`post_id` FROM `comment` AS `t0` WHERE `t0`.`post_id` IN (SELECT `t0`.`id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT `t0`.`id` FROM `author` AS `t0` WHERE `t0`.`id` <= ?) AND `t0`.`published` = ?)

-- subquery_composite
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name` FROM `shop` AS `t0` WHERE `t0`.`number` = ? ORDER BY `t0`.`country` ASC, `t0`.`number` ASC
SELECT `t0`.`id`, `t0`.`amount`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `sale` AS `t0` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`shop_number` = `k`.`v1` ORDER BY `t0`.`id` ASC
SELECT `t0`.`maker`, `t0`.`code`, `t0`.`title`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `stock` AS `l0` CROSS JOIN `product` AS `t0` WHERE `l0`.`country` = `k`.`v0` AND `l0`.`number` = `k`.`v1` AND `t0`.`maker` = `l0`.`maker` AND `t0`.`code` = `l0`.`code` ORDER BY `t0`.`maker` ASC, `t0`.`code` ASC

-- subquery_composite_to_one
SELECT `t0`.`id`, `t0`.`country`, `t0`.`shop_number` FROM `sale` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `shop` AS `t0` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`number` = `k`.`v1`

-- subquery_empty_root
SELECT `t0`.`id` FROM `post` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC

-- subquery_inner
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name` FROM `author` AS `t0` INNER JOIN `team` AS `t1` ON `t1`.`id` = `t0`.`team_id` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT `t0`.`id` FROM `author` AS `t0` WHERE EXISTS(SELECT 1 FROM `team` AS `e0` WHERE `e0`.`id` = `t0`.`team_id`)) AND `t0`.`score` >= ?

-- subquery_limit_per_parent
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM (SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`title`, `t0`.`created_at`, ROW_NUMBER() OVER ( PARTITION BY `t0`.`author_id` ORDER BY `t0`.`created_at` DESC, `t0`.`id` DESC ) AS `eagerly_row` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT `t0`.`id` FROM `author` AS `t0`)) AS `t0` WHERE `t0`.`eagerly_row` > (1) AND `t0`.`eagerly_row` <= (3) ORDER BY `t0`.`created_at` DESC, `t0`.`id` DESC

-- subquery_limit_zero

-- subquery_many_to_many
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT `t0`.`id` FROM `post` AS `t0`)

-- subquery_many_to_one
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` WHERE `t0`.`id` IN (SELECT `t0`.`author_id` FROM `post` AS `t0`)

-- subquery_null_keys
SELECT `t0`.`code`, `t0`.`name` FROM `station` AS `t0` WHERE `t0`.`code` <=> NULL ORDER BY `t0`.`code` ASC, `t0`.`name` ASC

-- subquery_one_to_many
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT `t0`.`id` FROM `author` AS `t0`)

-- subquery_one_to_one
SELECT `t0`.`id`, `t0`.`name` FROM `person` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`motto`, `t0`.`person_id` FROM `profile` AS `t0` WHERE `t0`.`person_id` IN (SELECT `t0`.`id` FROM `person` AS `t0`)
SELECT `t0`.`person_id`, `t0`.`number` FROM `passport` AS `t0` WHERE `t0`.`person_id` IN (SELECT `t0`.`id` FROM `person` AS `t0`)

-- subquery_root_offset
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC LIMIT 9223372036854775807 OFFSET 2
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT * FROM (SELECT `t0`.`id` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC LIMIT 9223372036854775807 OFFSET 2) AS `w`)

-- subquery_root_order_ties
SELECT `t0`.`id`, `t0`.`published` FROM `post` AS `t0` ORDER BY `t0`.`published` ASC, `t0`.`id` ASC LIMIT 4
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT * FROM (SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`published` ASC, `t0`.`id` ASC LIMIT 4) AS `w`)

-- subquery_root_order_with_nulls
SELECT `t0`.`id`, `t0`.`rank` FROM `author` AS `t0` ORDER BY `t0`.`rank` DESC, `t0`.`id` DESC LIMIT 3 OFFSET 1
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT * FROM (SELECT `t0`.`id` FROM `author` AS `t0` ORDER BY `t0`.`rank` DESC, `t0`.`id` DESC LIMIT 3 OFFSET 1) AS `w`)

-- subquery_root_where
SELECT `t0`.`id` FROM `post` AS `t0` WHERE `t0`.`published` = ? AND (`t0`.`title` LIKE ? ESCAPE x'5C') ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`body`, `t0`.`post_id` FROM `comment` AS `t0` WHERE `t0`.`post_id` IN (SELECT `t0`.`id` FROM `post` AS `t0` WHERE `t0`.`published` = ? AND (`t0`.`title` LIKE ? ESCAPE x'5C')) AND `t0`.`body` <> ?

-- subquery_root_window
SELECT `t0`.`id`, `t0`.`score` FROM `post` AS `t0` ORDER BY `t0`.`score` DESC, `t0`.`title` ASC, `t0`.`id` ASC LIMIT 3 OFFSET 1
SELECT `t0`.`id`, `t0`.`post_id` FROM `comment` AS `t0` WHERE `t0`.`post_id` IN (SELECT * FROM (SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`score` DESC, `t0`.`title` ASC, `t0`.`id` ASC LIMIT 3 OFFSET 1) AS `w`)
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT * FROM (SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`score` DESC, `t0`.`title` ASC, `t0`.`id` ASC LIMIT 3 OFFSET 1) AS `w`)

-- subquery_shared_children
SELECT `t0`.`id`, `t0`.`author_id` FROM `comment` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` WHERE `t0`.`id` IN (SELECT `t0`.`author_id` FROM `comment` AS `t0`)
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT `t0`.`id` FROM `author` AS `t0` WHERE `t0`.`id` IN (SELECT `t0`.`author_id` FROM `comment` AS `t0`))

-- subquery_siblings
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC LIMIT 2
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT * FROM (SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC LIMIT 2) AS `w`)
SELECT `t0`.`id`, `t0`.`body`, `t0`.`post_id` FROM `comment` AS `t0` WHERE `t0`.`post_id` IN (SELECT * FROM (SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC LIMIT 2) AS `w`)
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- subquery_without_a_key
SELECT `t0`.`code`, `t0`.`name` FROM `station` AS `t0` ORDER BY `t0`.`code` ASC, `t0`.`name` ASC
SELECT `t0`.`value`, `t0`.`unit`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$')) AS j) AS `k` CROSS JOIN `reading` AS `t0` WHERE `t0`.`station_code` = `k`.`v0` ORDER BY `t0`.`station_code` ASC, `t0`.`value` ASC, `t0`.`unit` ASC

-- tree_children
SELECT `t0`.`id`, `t0`.`name` FROM `node` AS `t0` WHERE `t0`.`parent_id` <=> NULL ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`name`, `t0`.`weight`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) ORDER BY `t0`.`weight` DESC, `t0`.`id` DESC

-- tree_parents
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name`, `t2`.`id`, `t2`.`name` FROM `node` AS `t0` LEFT JOIN `node` AS `t1` ON `t1`.`id` = `t0`.`parent_id` LEFT JOIN `node` AS `t2` ON `t2`.`id` = `t1`.`parent_id` ORDER BY `t0`.`id` ASC

-- tree_siblings
SELECT `t0`.`id`, `t1`.`id`, `t1`.`parent_id`, `t1`.`name`, `t1`.`weight` FROM `node` AS `t0` LEFT JOIN `node` AS `t1` ON `t1`.`id` = `t0`.`parent_id` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- tree_up_and_down
SELECT `t0`.`id`, `t1`.`id`, `t2`.`id`, `t2`.`parent_id` FROM `node` AS `t0` LEFT JOIN `node` AS `t1` ON `t1`.`id` = `t0`.`parent_id` LEFT JOIN `node` AS `t2` ON `t2`.`parent_id` = `t0`.`id` WHERE `t0`.`id` IN (?, ?, ?, ?) ORDER BY `t0`.`id` ASC, `t2`.`id` ASC

-- two_foreign_keys
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name`, `t2`.`id`, `t2`.`name` FROM `game` AS `t0` LEFT JOIN `club` AS `t1` ON `t1`.`id` = `t0`.`home_id` LEFT JOIN `club` AS `t2` ON `t2`.`id` = `t0`.`away_id` ORDER BY `t0`.`id` ASC

-- two_foreign_keys_back
SELECT `t0`.`id`, `t0`.`name` FROM `club` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`home_id` FROM `game` AS `t0` WHERE `t0`.`home_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`away_id` FROM `game` AS `t0` WHERE `t0`.`away_id` IS NOT NULL ORDER BY `t0`.`goals` DESC, `t0`.`id` DESC

-- two_foreign_keys_joined
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name`, `t2`.`id`, `t2`.`away_id`, `t3`.`id`, `t3`.`name` FROM (SELECT `t0`.`id`, `t0`.`home_id`, `t0`.`away_id`, `t0`.`goals` FROM `game` AS `t0` ORDER BY `t0`.`goals` ASC, `t0`.`id` ASC LIMIT 3) AS `t0` LEFT JOIN `club` AS `t1` ON `t1`.`id` = `t0`.`home_id` LEFT JOIN `game` AS `t2` ON `t2`.`away_id` = `t1`.`id` LEFT JOIN `club` AS `t3` ON `t3`.`id` = `t0`.`away_id` ORDER BY `t0`.`goals` ASC, `t0`.`id` ASC, `t2`.`id` ASC

-- two_paths_to_one_target
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name`, `t0`.`post_id` FROM `comment` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id`

-- unloaded_only
SELECT `t0`.`id`, `t0`.`author_id`, `t0`.`title` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC LIMIT 2

-- unloaded_recursion
SELECT `t0`.`id`, `t0`.`name` FROM `package` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC

-- values_of_mysql
SET STATEMENT sql_mode = 'ALLOW_INVALID_DATES' FOR SELECT `t0`.`id`, `t0`.`flag`, `t0`.`small`, `t0`.`number`, `t0`.`big`, `t0`.`ratio`, `t0`.`price`, `t0`.`exact`, `t0`.`text`, `t0`.`code`, `t0`.`bytes`, `t0`.`document`, `t0`.`day`, `t0`.`clock`, `t0`.`at`, `t0`.`feeling` FROM `sample` AS `t0` ORDER BY `t0`.`id` ASC

-- values_of_servers_below
SET STATEMENT sql_mode = 'ALLOW_INVALID_DATES' FOR SELECT `t0`.`id`, `t0`.`flag`, `t1`.`id`, `t1`.`flag`, `t1`.`small`, `t1`.`number`, `t1`.`ratio`, `t1`.`price`, `t1`.`exact`, `t1`.`text`, `t1`.`code`, `t1`.`bytes`, `t1`.`document`, `t1`.`day`, `t1`.`clock`, `t1`.`at`, `t1`.`feeling` FROM `mark` AS `t0` LEFT JOIN `sample` AS `t1` ON `t1`.`id` = `t0`.`sample_id` ORDER BY `t0`.`id` ASC

-- values_of_servers_in_filters
SET STATEMENT sql_mode = 'ALLOW_INVALID_DATES' FOR SELECT `t0`.`id` FROM `sample` AS `t0` WHERE `t0`.`number` = ? OR `t0`.`ratio` = ? OR (`t0`.`price` = ? AND `t0`.`day` = ?) ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`sample_id` FROM `mark` AS `t0` WHERE `t0`.`sample_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AND `t0`.`flag` = ?

-- view
SET STATEMENT time_zone = '+00:00' FOR SELECT `t0`.`order`, `t0`.`where` FROM `group` AS `t0` ORDER BY `t0`.`order` ASC, `t0`.`where` ASC

-- way_back
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL

-- way_back_between
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`team_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- way_back_by_a_longer_way
SELECT `t0`.`id`, `t0`.`login`, `t1`.`account_id`, `t1`.`motto`, `t2`.`owner_id`, `t2`.`theme` FROM `account` AS `t0` LEFT JOIN `profile` AS `t1` ON `t1`.`account_id` = `t0`.`id` LEFT JOIN `setting` AS `t2` ON `t2`.`owner_id` = `t1`.`account_id` ORDER BY `t0`.`id` ASC

-- way_back_by_a_unique_key
SELECT `t0`.`id`, `t0`.`code`, `t0`.`area` FROM `country` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`country_code` FROM `city` AS `t0` WHERE `t0`.`country_code` IS NOT NULL

-- way_back_columns
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio`, `t0`.`team_id` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL

-- way_back_down_a_to_one
SELECT `t0`.`id`, `t0`.`motto`, `t1`.`id`, `t1`.`name`, `t2`.`id`, `t2`.`person_id`, `t3`.`id`, `t3`.`login` FROM `profile` AS `t0` LEFT JOIN `person` AS `t1` ON `t1`.`id` = `t0`.`person_id` LEFT JOIN `profile` AS `t2` ON `t2`.`person_id` = `t1`.`id` LEFT JOIN `person` AS `t3` ON `t3`.`id` = `t2`.`person_id` ORDER BY `t0`.`id` ASC

-- way_back_down_again
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`score`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL

-- way_back_down_elsewhere
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t1`.`id`, `t1`.`name`, `t1`.`bio`, `t1`.`team_id`, `t2`.`id`, `t2`.`name`, `t0`.`author_id` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` LEFT JOIN `team` AS `t2` ON `t2`.`id` = `t1`.`team_id` WHERE `t0`.`author_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`body`, `t0`.`author_id` FROM `comment` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- way_back_inner
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n` UNION ALL (SELECT 1 AS `n`)) AS `s` ON 1 = 1 STRAIGHT_JOIN `post` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `post` AS `w` WHERE `w`.`author_id` = `k`.`v0` ORDER BY `w`.`author_id` ASC, `w`.`id` ASC LIMIT 1) WHEN (`s`.`n` = (1)) THEN (SELECT `w`.`id` FROM `post` AS `w` WHERE `w`.`author_id` = `k`.`v0` ORDER BY `w`.`author_id` ASC, `w`.`id` ASC LIMIT 1 OFFSET 1) END) ORDER BY `t0`.`id` ASC

-- way_back_joined
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio`, `t1`.`id`, `t1`.`title`, `t1`.`author_id` FROM `author` AS `t0` LEFT JOIN `post` AS `t1` ON `t1`.`author_id` = `t0`.`id` WHERE `t0`.`team_id` = ? ORDER BY `t0`.`id` ASC, `t1`.`id` ASC

-- way_back_joins_below
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t1`.`id`, `t1`.`bio`, `t2`.`id`, `t2`.`name`, `t0`.`author_id` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` LEFT JOIN `team` AS `t2` ON `t2`.`id` = `t1`.`team_id` WHERE `t0`.`author_id` IS NOT NULL

-- way_back_joins_below_a_split
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`id` > ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- way_back_limits
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio` FROM `author` AS `t0` ORDER BY `t0`.`name` DESC, `t0`.`id` DESC LIMIT 2 OFFSET 1
SELECT `t0`.`id`, `t0`.`title`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `post` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `post` AS `w` WHERE `w`.`author_id` = `k`.`v0` ORDER BY `w`.`author_id` DESC, `w`.`id` DESC LIMIT 1) END) ORDER BY `t0`.`id` DESC

-- way_back_merged
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL

-- way_back_not_another_way
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name`, `t0`.`post_id` FROM `comment` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` WHERE `t0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- way_back_not_in_a_recursion
SELECT `t0`.`id` FROM `node` AS `t0` WHERE `t0`.`id` IN (?, ?) ORDER BY `t0`.`id` ASC
SET STATEMENT max_recursive_iterations = 4294967295 FOR SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name`, `t0`.`parent_id` FROM `node` AS `t0` LEFT JOIN `node` AS `t1` ON `t1`.`id` = `t0`.`parent_id` WHERE `t0`.`parent_id` IN (WITH RECURSIVE `k` (`v0`) AS (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j UNION (SELECT `t0`.`id` FROM `k` CROSS JOIN `node` AS `t0` WHERE `t0`.`parent_id` = `k`.`v0`)) SELECT `k`.`v0` FROM `k`) ORDER BY `t0`.`id` ASC

-- way_back_not_with_a_condition
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t1`.`id`, `t1`.`name`, `t0`.`author_id` FROM `post` AS `t0` LEFT JOIN `author` AS `t1` ON `t1`.`id` = `t0`.`author_id` AND `t1`.`bio` IS NOT NULL WHERE `t0`.`author_id` IS NOT NULL

-- way_back_not_without_a_primary_key
SELECT `t0`.`code` FROM `station` AS `t0` ORDER BY `t0`.`code` ASC, `t0`.`name` ASC
SELECT `t0`.`value`, `t1`.`name`, `t1`.`code`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$')) AS j) AS `k` CROSS JOIN `reading` AS `t0` LEFT JOIN `station` AS `t1` ON `t1`.`code` = `t0`.`station_code` WHERE `t0`.`station_code` = `k`.`v0` ORDER BY `t0`.`station_code` ASC, `t0`.`value` ASC, `t0`.`unit` ASC

-- way_back_of_a_composite_key
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name` FROM `shop` AS `t0` ORDER BY `t0`.`country` ASC, `t0`.`number` ASC
SELECT `t0`.`id`, `t0`.`amount`, `t1`.`number`, `t1`.`country`, `t1`.`name`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `sale` AS `t0` LEFT JOIN `shop` AS `t1` ON `t1`.`country` = `t0`.`country` AND `t1`.`number` = `t0`.`shop_number` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`shop_number` = `k`.`v1` ORDER BY `t0`.`id` ASC

-- way_back_of_a_filtered_collection
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL AND `t0`.`score` = ?
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL

-- way_back_subquery
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio` FROM `author` AS `t0` WHERE `t0`.`team_id` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT `t0`.`id` FROM `author` AS `t0` WHERE `t0`.`team_id` = ?)

-- way_back_with_lazy_below
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio`, `t0`.`team_id` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL

-- where_and_or_not
SELECT `t0`.`id`, `t0`.`published`, `t0`.`score` FROM `post` AS `t0` WHERE (`t0`.`published` = ? AND (NOT (`t0`.`score` < ?))) OR `t0`.`title` = ? ORDER BY `t0`.`id` ASC

-- where_any_before_the_offset
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `post` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `post` AS `w` WHERE `w`.`author_id` = `k`.`v0` AND EXISTS(SELECT 1 FROM `comment` AS `e0` WHERE `e0`.`post_id` = `w`.`id`) ORDER BY `w`.`author_id` ASC, `w`.`id` ASC LIMIT 1 OFFSET 1) END) ORDER BY `t0`.`id` ASC

-- where_boolean
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`id` <= ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AND `t0`.`published` = ?
SELECT `t0`.`id`, `t0`.`published`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AND `t0`.`published` = ?

-- where_empty_lists
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`id` = ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- where_in
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL AND (`t0`.`score` IN (?, ?, ?, ?))
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL AND (`t0`.`score` NOT IN (?))
SELECT `t0`.`id`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IS NOT NULL AND (`t0`.`score` NOT IN (?, ?))

-- where_like
SELECT `t0`.`id`, `t0`.`title` FROM `post` AS `t0` WHERE `t0`.`title` LIKE ? ESCAPE x'5C' ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id` WHERE `l0`.`post_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j) AND (`t0`.`name` NOT LIKE ? ESCAPE x'5C')

-- where_null
SELECT `t0`.`id`, `t0`.`score`, `t0`.`created_at` FROM `post` AS `t0` WHERE `t0`.`score` IS NOT NULL AND (`t0`.`created_at` <=> NULL) ORDER BY `t0`.`id` ASC

-- where_relationship
SELECT `t0`.`id` FROM `post` AS `t0` WHERE EXISTS(SELECT 1 FROM `comment` AS `e0` WHERE `e0`.`post_id` = `t0`.`id`) AND (NOT EXISTS(SELECT 1 FROM `post_tag` AS `x1` INNER JOIN `tag` AS `e1` ON `e1`.`id` = `x1`.`tag_id` WHERE `x1`.`post_id` = `t0`.`id` AND `e1`.`name` = ?)) AND EXISTS(SELECT 1 FROM `author` AS `e2` WHERE `e2`.`id` = `t0`.`author_id` AND `e2`.`name` <> ?) ORDER BY `t0`.`id` ASC

-- where_relationship_nested
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`team_id` IS NOT NULL AND EXISTS(SELECT 1 FROM `post` AS `e0` WHERE `e0`.`author_id` = `t0`.`id` AND EXISTS(SELECT 1 FROM `post_tag` AS `x1` INNER JOIN `tag` AS `e1` ON `e1`.`id` = `x1`.`tag_id` WHERE `x1`.`post_id` = `e0`.`id` AND `e1`.`name` = ?))

-- where_relationship_of_a_joined_to_one
SELECT `t0`.`id`, `t1`.`id` FROM `item` AS `t0` LEFT JOIN `kind` AS `t1` ON `t1`.`id` = `t0`.`kind_id` AND EXISTS(SELECT 1 FROM `item` AS `e0` WHERE `e0`.`kind_id` = `t1`.`id` AND `e0`.`tag` < ?) ORDER BY `t0`.`id` ASC

-- where_relationship_of_joined_to_ones
SELECT `t0`.`id`, `t1`.`id`, `t2`.`id`, `t3`.`id`, `t4`.`id`, `t5`.`id`, `t6`.`id`, `t7`.`id`, `t7`.`kind_id` FROM `item` AS `t0` LEFT JOIN `kind` AS `t1` ON `t1`.`id` = `t0`.`kind_id` AND (NOT ((EXISTS(SELECT 1 FROM `item` AS `e2` WHERE `e2`.`kind_id` = `t1`.`id` AND `e2`.`tag` < ?) = 1))) LEFT JOIN `kind` AS `t2` ON `t2`.`id` = `t0`.`kind_id` AND (NOT ((EXISTS(SELECT 1 FROM `item` AS `e3` WHERE `e3`.`kind_id` = `t2`.`id` AND `e3`.`tag` < ?) = 1))) LEFT JOIN `kind` AS `t3` ON `t3`.`id` = `t0`.`kind_id` AND (`t3`.`id` = ? OR ((EXISTS(SELECT 1 FROM `item` AS `e4` WHERE `e4`.`kind_id` = `t3`.`id` AND `e4`.`tag` < ?) = 1))) LEFT JOIN `kind` AS `t4` ON `t4`.`id` = `t0`.`kind_id` AND ((EXISTS(SELECT 1 FROM `item` AS `e5` WHERE `e5`.`kind_id` = `t4`.`id` AND ((EXISTS(SELECT 1 FROM `kind` AS `e6` WHERE `e6`.`id` = `e5`.`kind_id` AND ((EXISTS(SELECT 1 FROM `item` AS `e7` WHERE `e7`.`kind_id` = `e6`.`id` AND `e7`.`tag` < ?) = 1))) = 1))) = 1)) STRAIGHT_JOIN `kind` AS `t5` ON `t5`.`id` = `t0`.`kind_id` AND ((EXISTS(SELECT 1 FROM `item` AS `e8` WHERE `e8`.`kind_id` = `t5`.`id` AND `e8`.`tag` > ?) = 1)) LEFT JOIN `kind` AS `t6` ON `t6`.`id` = `t0`.`kind_id` LEFT JOIN `item` AS `t7` ON `t7`.`kind_id` = `t6`.`id` AND ((EXISTS(SELECT 1 FROM `kind` AS `e9` WHERE `e9`.`id` = `t7`.`kind_id` AND ((EXISTS(SELECT 1 FROM `item` AS `e10` WHERE `e10`.`kind_id` = `e9`.`id` AND `e10`.`tag` > ?) = 1))) = 1)) WHERE (EXISTS(SELECT 1 FROM `kind` AS `e0` WHERE `e0`.`id` = `t0`.`kind_id` AND ((EXISTS(SELECT 1 FROM `item` AS `e1` WHERE `e1`.`kind_id` = `e0`.`id` AND `e1`.`tag` < ?) = 1))) = 1) ORDER BY `t0`.`id` ASC, `t7`.`id` ASC

-- whole_table_composite
SELECT `t0`.`number`, `t0`.`country`, `t0`.`name` FROM `shop` AS `t0` ORDER BY `t0`.`country` ASC, `t0`.`number` ASC
SELECT `t0`.`id`, `t0`.`amount`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0, j.v1 AS v1 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PATH '$[0]', v1 bigint PATH '$[1]')) AS j) AS `k` CROSS JOIN `sale` AS `t0` WHERE `t0`.`country` = `k`.`v0` AND `t0`.`shop_number` = `k`.`v1` ORDER BY `t0`.`id` ASC

-- whole_table_dangling
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`body`, `t0`.`post_id` FROM `comment` AS `t0`

-- whole_table_filtered_children
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`team_id` IS NOT NULL AND `t0`.`bio` IS NOT NULL

-- whole_table_limited_children
SELECT `t0`.`id`, `t0`.`name` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`title`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `post` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `post` AS `w` WHERE `w`.`author_id` = `k`.`v0` ORDER BY `w`.`author_id` DESC, `w`.`id` DESC LIMIT 1) END) ORDER BY `t0`.`id` DESC

-- whole_table_many_to_many
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`slug`, `l0`.`post_id` FROM `post_tag` AS `l0` INNER JOIN `tag` AS `t0` ON `t0`.`id` = `l0`.`tag_id`

-- whole_table_not_below
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`team_id` IS NOT NULL
SELECT `t0`.`id`, `t0`.`title`, `t0`.`author_id` FROM `post` AS `t0` WHERE `t0`.`author_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- whole_table_not_for_inner
SELECT `t0`.`id`, `t0`.`name`, `t1`.`id`, `t1`.`name` FROM `team` AS `t0` INNER JOIN `author` AS `t1` ON `t1`.`team_id` = `t0`.`id` ORDER BY `t0`.`id` ASC, `t1`.`id` ASC
SELECT `t0`.`id`, `t0`.`role`, `t0`.`team_id` FROM `member` AS `t0` WHERE `t0`.`team_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- whole_table_not_of_a_page
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC LIMIT 2
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`team_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- whole_table_not_of_some
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` WHERE `t0`.`id` < ? ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`team_id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- whole_table_not_of_targets
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `author` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` WHERE `t0`.`id` IN (SELECT j.v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(v0 bigint PATH '$')) AS j)

-- whole_table_not_under_an_index
SELECT `t0`.`id` FROM `post` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`body`, `k`.`o` FROM (SELECT j.o - 1 AS o, j.v0 AS v0 FROM JSON_TABLE(?, '$[*]' COLUMNS(o FOR ORDINALITY, v0 bigint PATH '$')) AS j) AS `k` STRAIGHT_JOIN (SELECT 0 AS `n`) AS `s` ON 1 = 1 STRAIGHT_JOIN `comment` AS `t0` ON `t0`.`id` = (CASE WHEN (`s`.`n` = (0)) THEN (SELECT `w`.`id` FROM `comment` AS `w` WHERE `w`.`post_id` = `k`.`v0` ORDER BY `w`.`post_id` DESC, `w`.`id` DESC LIMIT 1) END) ORDER BY `t0`.`id` DESC

-- whole_table_of_children
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`team_id` IS NOT NULL

-- whole_table_of_nothing
SELECT `t0`.`id` FROM `parent` AS `t0` ORDER BY `t0`.`id` ASC

-- whole_table_one_to_one
SELECT `t0`.`id`, `t0`.`name` FROM `person` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`motto`, `t0`.`person_id` FROM `profile` AS `t0` WHERE `t0`.`person_id` IS NOT NULL
SELECT `t0`.`person_id`, `t0`.`number` FROM `passport` AS `t0`

-- whole_table_shared
SELECT `t0`.`id`, `t0`.`name` FROM `team` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`name`, `t0`.`bio`, `t0`.`team_id` FROM `author` AS `t0` WHERE `t0`.`team_id` IS NOT NULL

-- whole_table_to_itself
SELECT `t0`.`id` FROM `node` AS `t0` ORDER BY `t0`.`id` ASC
SELECT `t0`.`id`, `t0`.`parent_id` FROM `node` AS `t0` WHERE `t0`.`parent_id` IS NOT NULL

