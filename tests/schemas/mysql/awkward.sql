-- Names that survive only if they are quoted, and values that survive only if they are bound. Names have no emoji here.
CREATE TABLE `select` (`key` integer PRIMARY KEY, `from` varchar(100), `what? "now"` varchar(100));
INSERT INTO `select` VALUES (1, 'it''s', 'a "quote"'), (2, 'semi;colon', '-- no comment'), (3, '', NULL);
CREATE TABLE `Order Details` (
  `Order Id` integer PRIMARY KEY, `group` varchar(100), `select_id` integer, `naïve ``tick``` varchar(100),
  FOREIGN KEY (`select_id`) REFERENCES `select` (`key`)
);
INSERT INTO `Order Details` VALUES (1, 'a', 1, '😀'), (2, '%', 1, 'é'), (3, NULL, 2, '?1'), (4, 'A', NULL, ':x');
CREATE VIEW `group` AS SELECT `key` AS `order`, upper(`from`) AS `where` FROM `select` WHERE `key` < 3;
