-- The tables of some schemas, each as one JSON object with its columns, indexes and foreign keys.
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
            'native', pg_catalog.format_type(t.oid, -1),
            'not_null', a.attnotnull AND NOT EXISTS (
                -- Of PostgreSQL 18: a constraint that is not yet checked for the rows that are there.
                SELECT FROM pg_catalog.pg_constraint k
                WHERE k.conrelid = c.oid AND k.contype = 'n' AND NOT k.convalidated AND a.attnum = ANY (k.conkey)
            ),
            'generated', a.attgenerated <> '',
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
            'searched', m.amname IN ('btree', 'hash'),
            'parts', (
                SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
                    'column', a.attname,
                    'plain', p.opcdefault OR p.opcname LIKE '%\_pattern\_ops',
                    'same_collation', part.indcollation = a.attcollation,
                    'same_equality', part.indcollation = a.attcollation OR NOT EXISTS (
                        SELECT FROM pg_catalog.pg_collation o
                        WHERE o.oid IN (part.indcollation, a.attcollation) AND NOT o.collisdeterministic
                    )
                ) ORDER BY n)
                FROM ROWS FROM (
                    pg_catalog.unnest(i.indkey::int2[]),
                    pg_catalog.unnest(i.indclass::oid[]),
                    pg_catalog.unnest(i.indcollation::oid[])
                ) WITH ORDINALITY AS part(attnum, indclass, indcollation, n)
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
            'validated', k.convalidated AND NOT k.condeferrable AND NOT f.relrowsecurity AND NOT (
                -- Its rows are seen too, and not bound by the key.
                c.relkind = 'r' AND EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid)
            ),
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
    ), '[]')
)::text
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace
WHERE s.oid IN ($schemas) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
ORDER BY c.relname
