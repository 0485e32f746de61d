-- The tables of some schemas, each as one JSON object with its columns, indexes and foreign keys.
WITH RECURSIVE part (type, oid, compared) AS (
    -- The types that a column's values are made of: below domains, elements of arrays, fields, bounds of ranges. A range
    -- compares its bounds by an operator class of its own.
    SELECT DISTINCT a.atttypid, a.atttypid, true FROM pg_catalog.pg_attribute a WHERE a.attnum > 0 AND NOT a.attisdropped
    UNION
    SELECT part.type, below.oid, part.compared AND p.typtype NOT IN ('r', 'm')
    FROM part
    JOIN pg_catalog.pg_type p ON p.oid = part.oid
    CROSS JOIN LATERAL (
        SELECT p.typbasetype WHERE p.typtype = 'd'
        UNION ALL SELECT p.typelem WHERE p.typelem <> 0 AND p.typlen = -1
        UNION ALL SELECT f.atttypid FROM pg_catalog.pg_attribute f
            WHERE p.typtype = 'c' AND f.attrelid = p.typrelid AND f.attnum > 0 AND NOT f.attisdropped
        -- PostgreSQL 14 has multiranges.
        UNION ALL SELECT r.rngsubtype FROM pg_catalog.pg_range r
            WHERE p.typtype IN ('r', 'm') AND p.oid IN (r.rngtypid, (pg_catalog.to_jsonb(r) ->> 'rngmultitypid')::pg_catalog.oid)
    ) below (oid)
), form AS MATERIALIZED (
    SELECT part.type,
        pg_catalog.bool_and(NOT part.compared OR p.typtype IN ('c', 'd', 'e', 'm', 'r') OR kind.is_array OR EXISTS (
            SELECT FROM pg_catalog.pg_opclass o
            JOIN pg_catalog.pg_am m ON m.oid = o.opcmethod AND m.amname = 'btree'
            WHERE o.opcdefault AND p.typtype = 'b' AND (o.opcintype = p.oid OR EXISTS (
                SELECT FROM pg_catalog.pg_cast k
                WHERE k.castsource = p.oid AND k.casttarget = o.opcintype AND k.castmethod = 'b' AND k.castcontext = 'i'
            ))
        )) AS ordered,
        -- What its text depends on. What a type of an extension prints is not known: it may be any of these but instants.
        pg_catalog.array_remove(ARRAY[
            CASE WHEN pg_catalog.bool_or(p.oid IN (700, 701) OR p.typcategory = 'G' OR kind.is_foreign)
                THEN 'extra_float_digits' END,
            CASE WHEN pg_catalog.bool_or(p.oid IN (1082, 1114, 1184) OR kind.is_foreign) THEN 'DateStyle' END,
            CASE WHEN pg_catalog.bool_or(p.oid = 1184) THEN 'TimeZone' END,
            CASE WHEN pg_catalog.bool_or(p.oid = 1186 OR kind.is_foreign) THEN 'IntervalStyle' END,
            CASE WHEN pg_catalog.bool_or(p.oid = 17 OR kind.is_foreign) THEN 'bytea_output' END,
            -- Names of procedures, operators, relations, types, text search configurations and dictionaries, collations.
            CASE WHEN pg_catalog.bool_or(p.oid IN (24, 2202, 2203, 2204, 2205, 2206, 3734, 3769, 4191)) THEN 'search_path' END,
            -- Those of roles and schemas too.
            CASE WHEN pg_catalog.bool_or(p.oid IN (24, 2202, 2203, 2204, 2205, 2206, 3734, 3769, 4191, 4089, 4096))
                THEN 'quote_all_identifiers' END,
            -- For reading alone. A time without a zone is read by the session's too where it is `now` or `today`.
            CASE WHEN pg_catalog.bool_or(p.oid IN (1082, 1083, 1114, 1184, 1266) OR kind.is_foreign)
                THEN 'timezone_abbreviations' END,
            CASE WHEN pg_catalog.bool_or(kind.is_array) THEN 'array_nulls' END
        ], NULL) AS settings
    FROM part
    JOIN pg_catalog.pg_type p ON p.oid = part.oid
    CROSS JOIN LATERAL (
        SELECT p.typelem <> 0 AND p.typlen = -1 AS is_array, p.typtype = 'b' AND NOT (p.typelem <> 0 AND p.typlen = -1)
            AND p.typnamespace <> 'pg_catalog'::pg_catalog.regnamespace AS is_foreign
    ) kind
    GROUP BY part.type
)
SELECT pg_catalog.json_build_object(
    'oid', c.oid::bigint,
    'schema', s.nspname,
    'name', c.relname,
    'kind', c.relkind,
    'visible', pg_catalog.pg_table_is_visible(c.oid),
    'parent', c.relkind = 'r' AND EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid),
    -- Of a table that nobody has counted: -1, and 0 before PostgreSQL 14.
    'rows', c.reltuples::bigint,
    'columns', COALESCE((
        SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
            'name', a.attname,
            'oid', t.oid::bigint,
            'type', t.typname,
            'is_enum', t.typtype = 'e',
            -- A type that has a name of the catalog's comes with its schema: `pg_catalog.` if another one hides it here.
            'native', CASE
                WHEN NOT home.is_catalog AND EXISTS (
                    SELECT FROM pg_catalog.pg_type p
                    WHERE p.typname = home.name AND p.typnamespace = 'pg_catalog'::pg_catalog.regnamespace
                ) THEN pg_catalog.format('%I.%I', home.schema, home.name) || CASE WHEN home.is_array THEN '[]' ELSE '' END
                ELSE pg_catalog.format_type(t.oid, -1)
            END,
            'not_null', a.attnotnull AND NOT EXISTS (
                -- Of PostgreSQL 18: a constraint that is not yet checked for the rows that are there.
                SELECT FROM pg_catalog.pg_constraint k
                WHERE k.conrelid = c.oid AND k.contype = 'n' AND NOT k.convalidated AND a.attnum = ANY (k.conkey)
            ),
            'generated', a.attgenerated <> '',
            'ordered', form.ordered,
            'composite', t.typtype = 'c',
            'settings', form.settings,
            'width', s_.avg_width,
            'distinct', s_.n_distinct,
            'collation', CASE WHEN o.collname IS NULL OR a.attcollation = 100 THEN NULL
                WHEN o.collnamespace = 'pg_catalog'::pg_catalog.regnamespace THEN o.collname
                ELSE '"' || pg_catalog.replace(on_.nspname, '"', '""') || '"."' || pg_catalog.replace(o.collname, '"', '""') || '"' END
        ) ORDER BY a.attnum)
        FROM pg_catalog.pg_attribute a
        CROSS JOIN LATERAL (
            -- What a domain is made of.
            WITH RECURSIVE base AS (
                SELECT u.oid, u.typname, u.typtype, u.typbasetype FROM pg_catalog.pg_type u WHERE u.oid = a.atttypid
                UNION ALL
                SELECT u.oid, u.typname, u.typtype, u.typbasetype FROM base
                JOIN pg_catalog.pg_type u ON u.oid = base.typbasetype WHERE base.typtype = 'd'
            )
            SELECT * FROM base WHERE base.typtype <> 'd'
        ) t
        CROSS JOIN LATERAL (
            SELECT e.typname AS name, n.nspname AS schema, e.oid <> u.oid AS is_array,
                e.typnamespace = 'pg_catalog'::pg_catalog.regnamespace AS is_catalog
            FROM pg_catalog.pg_type u
            JOIN pg_catalog.pg_type e ON e.oid = CASE WHEN u.typelem <> 0 AND u.typlen = -1 THEN u.typelem ELSE u.oid END
            JOIN pg_catalog.pg_namespace n ON n.oid = e.typnamespace
            WHERE u.oid = t.oid
        ) home
        JOIN form ON form.type = a.atttypid
        LEFT JOIN pg_catalog.pg_collation o ON o.oid = a.attcollation
        LEFT JOIN pg_catalog.pg_namespace on_ ON on_.oid = o.collnamespace
        -- Of what the role may read. A partitioned table's rows are those of its partitions.
        LEFT JOIN pg_catalog.pg_stats s_ ON s_.schemaname = s.nspname AND s_.tablename = c.relname
            AND s_.attname = a.attname AND s_.inherited = (c.relkind = 'p')
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    ), '[]'),
    'indexes', COALESCE((
        SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
            'primary', i.indisprimary,
            'unique', i.indisunique,
            'immediate', i.indimmediate,
            'method', m.amname,
            'parts', (
                SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
                    'column', a.attname,
                    'sorted', p.opcdefault,
                    'descends', part.indoption & 1 = 1,
                    'plain', p.opcdefault OR pg_catalog.right(p.opcname, 12) = '_pattern_ops',
                    'same_collation', part.indcollation = a.attcollation,
                    'same_equality', part.indcollation = a.attcollation OR NOT EXISTS (
                        SELECT FROM pg_catalog.pg_collation o
                        WHERE o.oid IN (part.indcollation, a.attcollation) AND NOT o.collisdeterministic
                    )
                ) ORDER BY n)
                FROM ROWS FROM (
                    pg_catalog.unnest(i.indkey::pg_catalog.int2[]),
                    pg_catalog.unnest(i.indclass::pg_catalog.oid[]),
                    pg_catalog.unnest(i.indcollation::pg_catalog.oid[]),
                    pg_catalog.unnest(i.indoption::pg_catalog.int2[])
                ) WITH ORDINALITY AS part(attnum, indclass, indcollation, indoption, n)
                JOIN pg_catalog.pg_opclass p ON p.oid = part.indclass
                -- None for an expression.
                LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = part.attnum
                WHERE n <= i.indnkeyatts
            )
        ) ORDER BY i.indexrelid)
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
        JOIN pg_catalog.pg_am m ON m.oid = x.relam
        WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL
    ), '[]'),
    'index_names', COALESCE((
        SELECT pg_catalog.json_agg(x.relname ORDER BY x.relname)
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
        WHERE i.indrelid = c.oid
    ), '[]'),
    'foreign_keys', COALESCE((
        SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
            'target', k.confrelid::bigint,
            'target_schema', fs_.nspname,
            'target_name', f.relname,
            'on_delete', k.confdeltype,
            'columns', (
                SELECT pg_catalog.json_agg(a.attname ORDER BY n)
                FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS part(attnum, n)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = part.attnum
            ),
            'target_columns', (
                SELECT pg_catalog.json_agg(a.attname ORDER BY n)
                FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS part(attnum, n)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = part.attnum
            )
        ) ORDER BY k.oid)
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class f ON f.oid = k.confrelid
        JOIN pg_catalog.pg_namespace fs_ ON fs_.oid = f.relnamespace
        WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.conparentid = 0
        -- A temporal key, of PostgreSQL 18, compares its periods by containment.
        AND NOT EXISTS (
            SELECT FROM pg_catalog.unnest(k.conpfeqop) equal(oid)
            JOIN pg_catalog.pg_operator p ON p.oid = equal.oid WHERE p.oprname <> '='
        )
    ), '[]'),
    -- Foreign keys that all partitions with rows have. One that is declared above them stands on each.
    'partition_keys', COALESCE((
        SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
            'target', k.target,
            'target_schema', fs_.nspname,
            'target_name', ft_.relname,
            'on_delete', k.on_delete,
            'columns', k.pairs::pg_catalog.json -> 'columns',
            'target_columns', k.pairs::pg_catalog.json -> 'target_columns'
        ) ORDER BY k.pairs, k.target)
        FROM (
            SELECT f.confrelid::bigint AS target, pg_catalog.min(key.pairs) AS pairs,
                CASE pg_catalog.count(DISTINCT f.confdeltype) WHEN 1 THEN pg_catalog.min(f.confdeltype::pg_catalog.text) ELSE '' END AS on_delete
            FROM pg_catalog.pg_partition_tree(c.oid) l
            JOIN pg_catalog.pg_constraint f ON f.conrelid = l.relid AND f.contype = 'f'
            CROSS JOIN LATERAL (
                SELECT pg_catalog.json_build_object(
                        'columns', pg_catalog.json_agg(a.attname ORDER BY n),
                        'target_columns', pg_catalog.json_agg(t.attname ORDER BY n)
                    )::pg_catalog.text AS pairs,
                    pg_catalog.array_agg(ARRAY[a.attname, t.attname] ORDER BY a.attname, t.attname) AS same
                FROM ROWS FROM (
                    pg_catalog.unnest(f.conkey), pg_catalog.unnest(f.confkey)
                ) WITH ORDINALITY AS part(attnum, target_attnum, n)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = part.attnum
                JOIN pg_catalog.pg_attribute t ON t.attrelid = f.confrelid AND t.attnum = part.target_attnum
            ) key
            WHERE l.isleaf AND NOT EXISTS (
                SELECT FROM pg_catalog.unnest(f.conpfeqop) equal(oid)
                JOIN pg_catalog.pg_operator p ON p.oid = equal.oid WHERE p.oprname <> '='
            )
            -- PostgreSQL's own, from a key to a partitioned table to each of its partitions.
            AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_constraint above WHERE above.oid = f.conparentid AND above.confrelid <> f.confrelid
            )
            GROUP BY f.confrelid, key.same
            HAVING pg_catalog.count(DISTINCT l.relid)
                = (SELECT pg_catalog.count(*) FROM pg_catalog.pg_partition_tree(c.oid) l WHERE l.isleaf)
        ) k
        JOIN pg_catalog.pg_class ft_ ON ft_.oid = k.target::pg_catalog.oid
        JOIN pg_catalog.pg_namespace fs_ ON fs_.oid = ft_.relnamespace
        WHERE c.relkind = 'p'
    ), '[]')
)::pg_catalog.text
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace
WHERE s.oid IN ($schemas) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
ORDER BY c.relname
