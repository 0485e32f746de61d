//! Settings of a session, none of which may change what a load gives.

use crate::database::Backend;

/// A setting of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The statement that sets it.
    pub sql: &'static str,
    /// Whether it is the oracle's too: it decides how the database compares, and not only how a client reads and writes.
    pub compares: bool,
}

const fn reads(sql: &'static str) -> Setting {
    Setting { sql, compares: false }
}

const fn compares(sql: &'static str) -> Setting {
    Setting { sql, compares: true }
}

/// The settings that sessions of a database are drawn from. The first of them are the likeliest to do harm, and each is
/// drawn as often as any other.
#[must_use]
pub fn settings(backend: Backend) -> Vec<Setting> {
    match backend {
        Backend::Sqlite => SQLITE.to_vec(),
        Backend::Postgres => POSTGRES.to_vec(),
        Backend::Mariadb => [MYSQL_FAMILY, MARIADB].concat(),
        Backend::Mysql => [MYSQL_FAMILY, MYSQL].concat(),
    }
}

/// The query whose answer is the same before and after a load: what a connection that a host lends is set to.
#[must_use]
pub fn all_settings(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => "SELECT 1",
        Backend::Postgres => {
            "SELECT pg_catalog.string_agg(name OPERATOR(pg_catalog.||) '=' OPERATOR(pg_catalog.||) setting, ' ' ORDER BY name) \
             FROM pg_catalog.pg_settings WHERE name NOT IN ('transaction_isolation')"
        }
        Backend::Mariadb | Backend::Mysql => {
            "SELECT CONCAT_WS(' | ', @@sql_mode, @@time_zone, @@sql_auto_is_null, @@character_set_connection, \
             @@collation_connection, @@character_set_client, @@character_set_results, @@div_precision_increment, \
             @@optimizer_switch, @@optimizer_search_depth, @@sql_select_limit, @@group_concat_max_len, @@big_tables, \
             @@autocommit, @@lc_time_names, @@max_sort_length, @@completion_type, @@sql_buffer_result \
             /*M!, @@max_recursive_iterations, @@old_mode */ /*!80003, @@cte_max_recursion_depth */) LIMIT 1"
        }
    }
}

const SQLITE: &[Setting] = &[
    reads("PRAGMA reverse_unordered_selects = ON"),
    compares("PRAGMA case_sensitive_like = ON"),
    reads("PRAGMA foreign_keys = OFF"),
    reads("PRAGMA legacy_alter_table = ON"),
    reads("PRAGMA automatic_index = OFF"),
    reads("PRAGMA full_column_names = ON"),
    reads("PRAGMA short_column_names = OFF"),
    reads("PRAGMA trusted_schema = OFF"),
    reads("PRAGMA query_only = ON"),
    reads("PRAGMA temp_store = MEMORY"),
    reads("PRAGMA recursive_triggers = ON"),
    reads("PRAGMA cell_size_check = ON"),
    reads("PRAGMA read_uncommitted = ON"),
];

const POSTGRES: &[Setting] = &[
    reads("SET extra_float_digits = 0"),
    reads("SET extra_float_digits = -15"),
    reads("SET extra_float_digits = -1"),
    reads("SET extra_float_digits = 3"),
    reads("SET DateStyle = 'SQL, DMY'"),
    reads("SET DateStyle = 'SQL, MDY'"),
    reads("SET DateStyle = 'German, YMD'"),
    reads("SET DateStyle = 'Postgres, DMY'"),
    reads("SET DateStyle = 'Postgres, MDY'"),
    reads("SET DateStyle = 'ISO, DMY'"),
    reads("SET DateStyle = 'ISO, YMD'"),
    reads("SET IntervalStyle = 'sql_standard'"),
    reads("SET IntervalStyle = 'postgres_verbose'"),
    reads("SET IntervalStyle = 'iso_8601'"),
    compares("SET TimeZone = 'Europe/Berlin'"),
    compares("SET TimeZone = 'America/New_York'"),
    compares("SET TimeZone = 'Asia/Kathmandu'"),
    compares("SET TimeZone = 'Pacific/Apia'"),
    compares("SET TimeZone = '<+0130>-01:30'"),
    reads("SET standard_conforming_strings = off"),
    reads("SET bytea_output = 'escape'"),
    reads("SET search_path = public, shadow, pg_catalog"),
    reads("SET search_path = public, shadow"),
    reads("SET search_path = public, pg_catalog"),
    reads("SET default_transaction_isolation = 'serializable'"),
    reads("SET default_transaction_isolation = 'repeatable read'"),
    reads("SET default_transaction_read_only = on"),
    reads("SET default_transaction_deferrable = on"),
    reads("SET enable_hashjoin = off"),
    reads("SET enable_nestloop = off"),
    reads("SET enable_mergejoin = off"),
    reads("SET enable_seqscan = off"),
    reads("SET enable_indexscan = off"),
    reads("SET enable_bitmapscan = off"),
    reads("SET enable_sort = off"),
    reads("SET enable_material = off"),
    reads("SET enable_memoize = off"),
    reads("SET join_collapse_limit = 1"),
    reads("SET from_collapse_limit = 1"),
    reads("SET geqo_threshold = 2"),
    reads("SET plan_cache_mode = force_generic_plan"),
    reads("SET plan_cache_mode = force_custom_plan"),
    reads("SET work_mem = '64kB'"),
    reads("SET array_nulls = off"),
    reads("SET transform_null_equals = on"),
    reads("SET quote_all_identifiers = on"),
    reads("SET backslash_quote = off"),
    reads("SET xmlbinary = 'hex'"),
    reads("SET xmloption = 'document'"),
    reads("SET lc_monetary = 'C'"),
    reads("SET lc_monetary = 'C.UTF-8'"),
    reads("SET client_encoding = 'LATIN1'"),
    reads("SET constraint_exclusion = on"),
    reads("SET row_security = off"),
    reads("SET timezone_abbreviations = 'India'"),
];

const MYSQL_FAMILY: &[Setting] = &[
    compares("SET time_zone = 'Europe/Berlin'"),
    compares("SET time_zone = '+05:45'"),
    compares("SET time_zone = '-12:00'"),
    compares("SET time_zone = '+13:00'"),
    compares("SET time_zone = '+00:00'"),
    reads("SET sql_mode = ''"),
    reads("SET sql_mode = 'ANSI'"),
    reads("SET sql_mode = 'TRADITIONAL'"),
    reads("SET sql_mode = 'ANSI_QUOTES'"),
    reads("SET sql_mode = 'HIGH_NOT_PRECEDENCE'"),
    reads("SET sql_mode = 'NO_BACKSLASH_ESCAPES'"),
    reads("SET sql_mode = 'PIPES_AS_CONCAT'"),
    reads("SET sql_mode = 'IGNORE_SPACE'"),
    reads("SET sql_mode = 'ONLY_FULL_GROUP_BY'"),
    reads("SET sql_mode = 'PAD_CHAR_TO_FULL_LENGTH'"),
    reads("SET sql_mode = 'NO_UNSIGNED_SUBTRACTION'"),
    reads("SET sql_mode = 'REAL_AS_FLOAT'"),
    reads("SET sql_mode = 'NO_ZERO_DATE'"),
    reads("SET sql_mode = 'NO_ZERO_IN_DATE'"),
    reads("SET sql_mode = 'NO_ZERO_DATE,NO_ZERO_IN_DATE,STRICT_ALL_TABLES'"),
    reads("SET sql_mode = 'STRICT_TRANS_TABLES'"),
    reads("SET sql_mode = 'ALLOW_INVALID_DATES'"),
    reads("SET sql_mode = 'ERROR_FOR_DIVISION_BY_ZERO'"),
    reads("SET sql_mode = 'NO_DIR_IN_CREATE'"),
    reads("SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO'"),
    reads(
        "SET sql_mode = 'ANSI_QUOTES,HIGH_NOT_PRECEDENCE,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,PAD_CHAR_TO_FULL_LENGTH'",
    ),
    reads("SET sql_auto_is_null = 1"),
    reads("SET NAMES latin1"),
    reads("SET NAMES utf8mb4 COLLATE utf8mb4_bin"),
    reads("SET collation_connection = 'utf8mb4_unicode_ci'"),
    reads("SET collation_connection = 'latin1_swedish_ci'"),
    reads("SET character_set_results = NULL"),
    reads("SET character_set_results = latin1"),
    reads("SET character_set_results = utf8mb3"),
    reads("SET character_set_client = latin1"),
    reads("SET NAMES utf8mb3"),
    reads("SET NAMES gbk"),
    reads("SET NAMES binary"),
    reads("SET div_precision_increment = 0"),
    reads("SET div_precision_increment = 30"),
    reads("SET optimizer_switch = 'derived_merge=off'"),
    reads("SET optimizer_switch = 'semijoin=off'"),
    reads("SET optimizer_switch = 'materialization=off'"),
    reads("SET optimizer_switch = 'firstmatch=off,loosescan=off'"),
    reads("SET optimizer_switch = 'index_merge=off,index_condition_pushdown=off'"),
    reads("SET optimizer_search_depth = 1"),
    reads("SET optimizer_prune_level = 0"),
    reads("SET big_tables = 1"),
    reads("SET sql_select_limit = 1"),
    reads("SET sql_select_limit = 0"),
    reads("SET max_sort_length = 64"),
    reads("SET sql_safe_updates = 1"),
    reads("SET sql_buffer_result = 1"),
    reads("SET completion_type = 'CHAIN'"),
    reads("SET completion_type = 'RELEASE'"),
    reads("SET default_week_format = 7"),
    reads("SET lc_messages = 'de_DE'"),
    reads("SET max_error_count = 0"),
    reads("SET timestamp = 1"),
    reads("SET tmp_table_size = 16384, max_heap_table_size = 16384"),
    // Half of it has no room for fifteen keys of two blobs, which MariaDB says as an error.
    reads("SET sort_buffer_size = 65536, read_rnd_buffer_size = 1"),
    reads("SET join_buffer_size = 128"),
    reads("SET max_length_for_sort_data = 4"),
    reads("SET eq_range_index_dive_limit = 1"),
    reads("SET max_seeks_for_key = 1"),
    reads("SET sql_quote_show_create = 0"),
    reads("SET optimizer_trace = 'enabled=on'"),
    reads("SET group_concat_max_len = 4"),
    reads("SET autocommit = 0"),
    reads("SET lc_time_names = 'de_DE'"),
    reads("SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE"),
    reads("SET SESSION TRANSACTION READ ONLY"),
    reads("SET low_priority_updates = 1"),
];

const MARIADB: &[Setting] = &[
    reads("SET sql_mode = 'ORACLE'"),
    reads("SET sql_mode = 'MSSQL'"),
    reads("SET sql_mode = 'DB2'"),
    reads("SET sql_mode = 'MAXDB'"),
    reads("SET sql_mode = 'POSTGRESQL'"),
    reads("SET sql_mode = 'MYSQL323'"),
    reads("SET sql_mode = 'MYSQL40'"),
    reads("SET sql_mode = 'EMPTY_STRING_IS_NULL'"),
    reads("SET sql_mode = 'SIMULTANEOUS_ASSIGNMENT'"),
    reads("SET sql_mode = 'TIME_ROUND_FRACTIONAL'"),
    reads("SET optimizer_switch = 'split_materialized=off,derived_with_keys=off'"),
    reads("SET optimizer_switch = 'mrr=on,join_cache_hashed=off'"),
    reads("SET optimizer_switch = 'not_null_range_scan=on'"),
    reads("SET optimizer_switch = 'rowid_filter=off,condition_pushdown_for_derived=off'"),
    reads("SET join_cache_level = 8"),
    reads("SET in_predicate_conversion_threshold = 2"),
    reads("SET old_mode = 'ZERO_DATE_TIME_CAST'"),
    reads("SET old_mode = 'NO_DUP_KEY_WARNINGS_WITH_IGNORE'"),
    reads("SET old_mode = ''"),
    reads("SET max_recursive_iterations = 1"),
    reads("SET max_statement_time = 60"),
    reads("SET standard_compliant_cte = OFF"),
    reads("SET join_cache_level = 0"),
    reads("SET optimizer_use_condition_selectivity = 1"),
    reads("SET use_stat_tables = 'never'"),
    reads("SET expensive_subquery_limit = 0"),
    reads("SET optimizer_max_sel_arg_weight = 0"),
    reads("SET optimizer_switch = 'exists_to_in=off'"),
    reads("SET optimizer_switch = 'join_cache_bka=off,semijoin_with_cache=off,outer_join_with_cache=off'"),
    reads("SET optimizer_switch = 'subquery_cache=off,table_elimination=off,extended_keys=off'"),
    reads("SET optimizer_switch = 'partial_match_rowid_merge=off,partial_match_table_scan=off'"),
    reads("SET optimizer_switch = 'index_merge_sort_intersection=on,optimize_join_buffer_size=off'"),
    reads("SET optimizer_switch = 'orderby_uses_equalities=off,condition_pushdown_for_subquery=off'"),
    reads("SET optimizer_switch = 'hash_join_cardinality=on,cset_narrowing=on'"),
    reads("SET sql_if_exists = 1"),
];

const MYSQL: &[Setting] = &[
    reads("SET sql_mode = 'TIME_TRUNCATE_FRACTIONAL'"),
    reads("SET optimizer_switch = 'subquery_materialization_cost_based=off'"),
    reads("SET optimizer_switch = 'condition_fanout_filter=off'"),
    reads("SET optimizer_switch = 'hash_join=off'"),
    reads("SET optimizer_switch = 'block_nested_loop=off'"),
    reads("SET optimizer_switch = 'subquery_to_derived=on'"),
    reads("SET optimizer_switch = 'prefer_ordering_index=off'"),
    reads("SET optimizer_switch = 'derived_condition_pushdown=off'"),
    reads("SET windowing_use_high_precision = OFF"),
    reads("SET show_create_table_skip_secondary_engine = 1"),
    reads("SET internal_tmp_mem_storage_engine = MEMORY"),
    reads("SET max_sort_length = 4"),
    reads("SET cte_max_recursion_depth = 1"),
    reads("SET max_execution_time = 60000"),
    reads("SET default_collation_for_utf8mb4 = 'utf8mb4_general_ci'"),
    reads("SET range_optimizer_max_mem_size = 1"),
    reads("SET set_operations_buffer_size = 16384"),
    reads("SET block_encryption_mode = 'aes-256-cbc'"),
    reads("SET show_gipk_in_create_table_and_information_schema = OFF"),
    reads("SET optimizer_switch = 'hypergraph_optimizer=on'"),
    reads("SET optimizer_switch = 'skip_scan=off,use_index_extensions=off'"),
    reads("SET optimizer_switch = 'batched_key_access=on,mrr_cost_based=off'"),
    reads("SET optimizer_switch = 'duplicateweedout=off,hash_set_operations=off'"),
    reads("SET optimizer_switch = 'use_invisible_indexes=on'"),
    compares("SET time_zone = '+14:00'"),
];
