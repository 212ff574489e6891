use super::*;
use crate::fields::source::Field;

fn said(read: &Read) -> Vec<String> {
    let said = read.parts.iter().map(|table| {
        let field = |field: &Field| match &field.label {
            Some(label) => format!("{}={label}", field.name),
            None => field.name.clone(),
        };
        let fields = table.fields.iter().map(field).collect::<Vec<_>>();
        format!("{}({})", table.name, fields.join(" "))
    });
    said.collect()
}

/// What is read of a text in which nothing is left unread.
fn told(text: &str) -> Vec<String> {
    let read = read(text, "a.sql");
    let faults: Vec<_> = read.faults.iter().map(|fault| &fault.reason.en).collect();
    assert!(faults.is_empty(), "{text}: {faults:?}");
    said(&read)
}

/// The places and reasons of what is not read.
fn unread(text: &str) -> Vec<String> {
    let faults = read(text, "a.sql").faults;
    let said = faults
        .iter()
        .map(|fault| format!("{} {}", fault.place.shown(), fault.reason.en));
    said.collect()
}

#[test]
fn statements_of_every_vendor_give_their_columns() {
    let cases = [
        (
            "CREATE TABLE claims (id INT PRIMARY KEY, amount DECIMAL(10, 2) NOT NULL DEFAULT 0, CHECK (amount > 0));
CREATE TABLE IF NOT EXISTS s.member (member_id BIGINT NOT NULL, 個人番号 CHAR(12), \"傷病 名\" VARCHAR(40),
  FOREIGN KEY (member_id) REFERENCES claims (id) ON DELETE CASCADE, UNIQUE (個人番号),
  CONSTRAINT c CHECK (member_id IN (1, 2)));
CREATE TEMPORARY TABLE t (a TIMESTAMP WITH TIME ZONE, b TEXT DEFAULT 'x,y)', PRIMARY KEY (a, b));
INSERT INTO t VALUES (1, 'CREATE TABLE no (x INT)');",
            "claims(id amount) s.member(member_id 個人番号 傷病 名) t(a b)",
        ),
        // What stands before a table never hides it.
        ("ALTER TABLE a ADD x int; CREATE TABLE insured (my_number char(12))", "a(x) insured(my_number)"),
        ("ALTER TABLE a DROP COLUMN m\nGO\nCREATE PROC p AS\nBEGIN\nSELECT 1\nEND\nGO\nCREATE TABLE b (c int)\nGO\n", "b(c)"),
        ("IF OBJECT_ID(N'a') IS NULL\nBEGIN\nCREATE TABLE a (b int)\nEND\n", "a(b)"),
        ("CREATE TYPE t AS OBJECT (a CHAR(4), MEMBER FUNCTION f RETURN INT);\n/\nCREATE TABLE u (b INT);", "t(a) u(b)"),
        ("CREATE TYPE e AS ENUM ('a', 'b'); CREATE TYPE r AS (a text); CREATE TABLE u (s r)", "r(a) u(s)"),
        ("CREATE TYPE d.t AS TABLE(a char(12) NULL)\nGO\n", "d.t(a)"),
        // The last name counts.
        ("CREATE TABLE t (a int, b int); ALTER TABLE t RENAME COLUMN a TO c; ALTER TABLE t CHANGE b d int COMMENT 'x', DROP COLUMN c, ADD e int;", "t(d=x e)"),
        ("CREATE TABLE dbo.T (Old int)\nGO\nEXEC sp_rename 'dbo.T.Old', 'MyNumber', 'COLUMN'\nEXEC sp_rename 'dbo.T', 'U'\nGO\n", "U(MyNumber)"),
        ("CREATE TABLE t (a int); ALTER TABLE t RENAME TO u; ALTER TABLE u ADD b int, c int;", "u(a b c)"),
        ("ALTER TABLE t ALTER COLUMN a SET DATA TYPE CHAR(9); ALTER TABLE t ADD CONSTRAINT x CHECK (a > 0)", "t(a)"),
        ("ALTER TABLE t MODIFY (a CHAR(1), b CHAR(2)) ADD (c INT)", "t(a b c)"),
        // Views and tables of queries.
        ("CREATE VIEW v (a, b) AS SELECT c1, b FROM t", "v(a=c1 b)"),
        ("CREATE OR REPLACE VIEW v AS SELECT f.c1 AS a, f.c2 b, TRIM(c3) c, c4, COUNT(my_number) AS n, CASE WHEN x THEN 1 END z FROM f", "v(a=c1 b=c2 c=c3 c4 n z)"),
        ("CREATE TABLE t (a int); CREATE VIEW v AS WITH x AS (SELECT a, b FROM t) SELECT x.*, t.* FROM x JOIN t ON 1 = 1", "t(a) v(a b a)"),
        ("CREATE TABLE t AS SELECT a, b FROM u; SELECT c, d INTO n FROM u", "t(a b) n(c d)"),
        ("CREATE TABLE t (a int); CREATE TABLE u (LIKE t INCLUDING ALL, b int); CREATE TABLE v LIKE u; CREATE TABLE w (c int) INHERITS (t)", "t(a) u(b a) v(b a) w(c a)"),
        // Dumps.
        ("CREATE TABLE t (a int);\nCOPY t (a) FROM stdin;\n1\tit's\n\\.\nCREATE TABLE u (b int);", "t(a) u(b)"),
        ("INSERT INTO t (a, b) VALUES (1, 'it\\'s');\nCREATE TABLE `u` (`c` int);", "t(a b) u(c)"),
        ("/*!50001 CREATE VIEW `v` AS SELECT `x` AS `a` FROM t */;", "v(a=x)"),
        // What is said in statements of their own.
        ("CREATE TABLE t (K1 CHAR(1), K2 CHAR(1)); COMMENT ON t (K1 IS '口座', K2 IS '区分'); LABEL ON COLUMN t.K2 IS 'x'", "t(K1=口座 K2=x)"),
        ("CREATE TABLE dbo.T (K int)\nGO\nEXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'電話', @level0type=N'SCHEMA', @level0name=N'dbo', @level1type=N'TABLE', @level1name=N'T', @level2type=N'COLUMN', @level2name=N'K'", "dbo.T(K=電話)"),
        ("COMMENT ON COLUMN x.t.c IS '傷病名'", "x.t(c=傷病名)"),
        // Nested types.
        ("CREATE TABLE t (a STRUCT<b INT64, c ARRAY<STRUCT<d STRING>>>, e ARRAY<INT64>, f STRING OPTIONS(description=\"x\"))", "t(a a.b a.c a.c.d e f=x)"),
        ("CREATE TABLE t (a struct<b:int,c:string> COMMENT 'y', d ROW(e int, f text))", "t(a=y a.b a.c d d.e d.f)"),
        // Programs within programs.
        ("DO $$ BEGIN CREATE TABLE t (a int); END $$;", "t(a)"),
        ("BEGIN EXECUTE IMMEDIATE 'CREATE TABLE t (a CHAR(1), b CHAR(2))'; END;\n/\n", "t(a b)"),
        ("CREATE FUNCTION f() RETURNS TABLE (a int, b text) AS $$ SELECT 1 $$; DECLARE @t TABLE (c int)", "RETURNS TABLE(a b) @t(c)"),
        ("PROMPT it's here\nREM don't\nCREATE TABLE t (a int);", "t(a)"),
        ("DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END//\nDELIMITER ;\nCREATE TABLE t (a int);", "t(a)"),
        ("GRANT CREATE TABLE TO u; GRANT SELECT ON TABLE t TO u; DROP TABLE t; CREATE TABLE t (a q'[b]' , c INT)", "t(a c)"),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text).join(" "), expected, "{text}");
    }
}

#[test]
fn what_speaks_of_a_table_and_is_not_understood_is_told_and_the_rest_is_read() {
    let cases = [
        ("CREATE GRAPH g (my_number int); CREATE TABLE t (a int)", 1),
        ("CRATE TABLE t (my_number int); CREATE TABLE t (a int)", 1),
        (
            "CREATE VIEW v AS SELECT * FROM elsewhere; CREATE TABLE t (a int)",
            1,
        ),
        ("CREATE TABLE u LIKE elsewhere; CREATE TABLE t (a int)", 1),
        (
            "ALTER TABLE t FROBNICATE my_number; CREATE TABLE t (a int)",
            1,
        ),
        ("@other.sql\n;CREATE TABLE t (a int)", 1),
        ("\\i other.sql\n;CREATE TABLE t (a int)", 1),
        ("SELECT 'open;\nCREATE TABLE t (a int)", 1),
        ("SELECT 1", 1),
        ("", 1),
    ];
    for (text, expected) in cases {
        let found = unread(text);
        assert_eq!(found.len(), expected, "{text}: {found:?}");
        let read = read(text, "a.sql");
        let is_kept = said(&read).iter().any(|one| one == "t(a)");
        assert_eq!(
            is_kept,
            text.contains("CREATE TABLE t (a int)"),
            "{text}: {:?}",
            said(&read)
        );
    }
    assert!(
        unread("CREATE GRAPH g (my_number int)")[0]
            .starts_with("a.sql:1:1 a statement that speaks of a table")
    );
}

#[test]
fn no_column_is_lost_to_the_clauses_of_a_vendor() {
    let cases = [
        // DB2 for z/OS, with the clauses of its time.
        (
            "CREATE TABLE KENPO.TMEMBER\n (HIHO_NO CHAR(8) FOR SBCS DATA NOT NULL WITH DEFAULT,\n  KANJI_MEI GRAPHIC(20) CCSID 300,\n  KJN_NO CHAR(12) FOR BIT DATA WITH DEFAULT NULL,\n  PRIMARY KEY(HIHO_NO))\n IN KENPODB.KENPOTS AUDIT NONE CCSID EBCDIC;",
            "KENPO.TMEMBER(HIHO_NO KANJI_MEI KJN_NO)",
        ),
        (
            "EXEC SQL DECLARE KENPO.TCLAIM TABLE ( CLM_NO DECIMAL(9, 0) NOT NULL, SHOBYO_MEI VARCHAR(60) ) END-EXEC.",
            "KENPO.TCLAIM(CLM_NO SHOBYO_MEI)",
        ),
        // Oracle.
        (
            "CREATE TABLE t (a VARCHAR2(10 CHAR) DEFAULT SYSDATE, b NUMBER(*,0) ENABLE, SUPPLEMENTAL LOG DATA (ALL) COLUMNS) TABLESPACE users PCTFREE 10 STORAGE (INITIAL 64K NEXT 1M);",
            "t(a b)",
        ),
        // SQL Server.
        (
            "CREATE TABLE [dbo].[claims] ([個人 番号] [nvarchar](max) NULL, [key] int IDENTITY(1,1), INDEX ix NONCLUSTERED (a))\nGO",
            "dbo.claims(個人 番号 key)",
        ),
        // MySQL.
        (
            "CREATE TABLE `c` (\n `id` int unsigned AUTO_INCREMENT, # 主キー, ではない\n `k` varchar(9) CHARACTER SET sjis COMMENT '個人番号',\n KEY `ix` (`k`), FULLTEXT KEY f (k)\n) ENGINE=InnoDB COMMENT='it\\'s';",
            "c(id k=個人番号)",
        ),
        // Japanese names of any width, without quotes.
        (
            "CREATE TABLE　健診 (身長１ INT, 血圧・上 INT, ＨｂＡ１ｃ INT, γ_GTP INT, コード INT)",
            "健診(身長１ 血圧・上 ＨｂＡ１ｃ γ_GTP コード)",
        ),
        // Words that are names here.
        (
            "CREATE TABLE t (key CHAR(8), period CHAR(6), index INT, comment TEXT)",
            "t(key period index comment)",
        ),
        ("CREATE OR REPLACE GLOBAL TEMPORARY TABLE t (a INT)", "t(a)"),
        (
            "CREATE TABLE t (a INT); ALTER TABLE t ADD COLUMN IF NOT EXISTS b INT, ADD (c INT, d INT), ADD CONSTRAINT x UNIQUE (a);",
            "t(a b c d)",
        ),
        (
            "CREATE TABLE u (a INT); CREATE TABLE t AS SELECT * FROM u",
            "t(a)",
        ),
        ("CREATE TABLE t (", "t()"),
    ];
    for (text, expected) in cases {
        assert!(
            told(text).contains(&expected.to_owned()),
            "{text}: {:?}",
            told(text)
        );
    }
}

#[test]
fn what_is_said_beside_a_column_is_kept() {
    let cases = [
        (
            "CREATE TABLE t ( -- 表\n KJN CHAR(12), -- 個人番号\n /* 氏名 */ SMI CHAR(9) /* 漢字 */\n , X INT, Y INT -- 二つ\n);",
            "t(KJN=個人番号 SMI=氏名 漢字 X Y)",
        ),
        (
            "CREATE TABLE s.t (c INT); COMMENT ON COLUMN s.t.c IS '傷病名'; COMMENT ON TABLE s.t IS 'x'; LABEL ON COLUMN s.t.d IS 'y';",
            "s.t(c=傷病名 d=y)",
        ),
        (
            "CREATE TABLE t (a INT -- , b INT\n, c INT)",
            "t(a=, b INT c)",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), [expected], "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_told_at_its_place_and_the_rest_is_kept() {
    let read = read(
        "CREATE TABLE a (x INT);\nCREATE TABLE b (y 'open\n);\nCREATE TABLE c (z INT)",
        "a.sql",
    );
    let places: Vec<_> = read
        .faults
        .iter()
        .map(|fault| fault.place.shown())
        .collect();
    assert_eq!(places, ["a.sql:2:19"]);
    assert_eq!(said(&read), ["a(x)", "b(y)", "c(z)"]);
}

#[test]
fn no_text_makes_the_reader_stop() {
    let pieces = [
        "CREATE",
        " TABLE",
        " t",
        "(",
        ")",
        ",",
        ".",
        "'",
        "\"",
        "[",
        "#",
        "--",
        "ALTER",
        " ADD ",
        "COMMENT ON COLUMN ",
        "VIEW v AS SELECT ",
        " * FROM ",
        "STRUCT<",
        ">",
        ";",
        "EXEC sp_rename ",
        " WITH ",
        "RENAME ",
        "KEY ",
        "\n",
    ];
    let mut seed = 7_usize;
    for _ in 0..4000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) % pieces.len()]);
        }
        let _ = read(&text, "a.sql");
    }
}
