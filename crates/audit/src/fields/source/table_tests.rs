use sqlparser::{ast::Statement, dialect::GenericDialect, parser::Parser};

use super::*;

fn told(text: &str) -> Vec<String> {
    let (tables, fault) = tables(text, "a.sql");
    assert!(fault.is_none(), "{text}");
    let said = tables.iter().map(|table| {
        let field = |field: &Field| match &field.label {
            Some(label) => format!("{}={label}", field.name),
            None => field.name.clone(),
        };
        let fields = table.fields.iter().map(field).collect::<Vec<_>>();
        format!("{}({})", table.name, fields.join(" "))
    });
    said.collect()
}

/// What every vendor writes, and what the grammar of the library takes, too.
const COMMON: &str = "
CREATE TABLE claims (id INT PRIMARY KEY, amount DECIMAL(10, 2) NOT NULL DEFAULT 0, CHECK (amount > 0));
CREATE TABLE IF NOT EXISTS s.member (member_id BIGINT NOT NULL, 個人番号 CHAR(12), \"傷病 名\" VARCHAR(40),
  FOREIGN KEY (member_id) REFERENCES claims (id) ON DELETE CASCADE, UNIQUE (個人番号),
  CONSTRAINT c CHECK (member_id IN (1, 2)));
CREATE TEMPORARY TABLE t (a TIMESTAMP WITH TIME ZONE, b TEXT DEFAULT 'x,y)', PRIMARY KEY (a, b));
INSERT INTO t VALUES (1, 'CREATE TABLE no (x INT)');
";

#[test]
fn tables_are_read_as_the_grammar_of_the_library_reads_them() {
    let statements = Parser::parse_sql(&GenericDialect {}, COMMON).unwrap();
    let expected = statements.iter().filter_map(|statement| match statement {
        Statement::CreateTable(table) => {
            let columns = table
                .columns
                .iter()
                .map(|column| column.name.value.as_str());
            let columns = columns.collect::<Vec<_>>().join(" ");
            Some(format!("{}({columns})", table.name))
        }
        _ => None,
    });
    let expected: Vec<_> = expected.collect();
    assert_eq!(expected.len(), 3);
    assert_eq!(told(COMMON), expected);
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
            "dbo.claims(個人 番号 key INDEX)",
        ),
        // MySQL.
        (
            "CREATE TABLE `c` (\n `id` int unsigned AUTO_INCREMENT, # 主キー, ではない\n `k` varchar(9) CHARACTER SET sjis COMMENT '個人番号',\n KEY `ix` (`k`), FULLTEXT KEY f (k)\n) ENGINE=InnoDB COMMENT='it\\'s';",
            "c(id k=個人番号)",
        ),
        // Japanese names of any width, without quotes.
        (
            "CREATE TABLE　被保険者　（）; CREATE TABLE 健診 (身長１ INT, 血圧・上 INT, ＨｂＡ１ｃ INT, γ_GTP INT, コード INT)",
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
        ("CREATE TABLE t AS SELECT * FROM u", "t()"),
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
            "s.t(c=傷病名)",
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
fn what_cannot_be_read_is_told_at_its_place_and_the_rest_before_it_is_kept() {
    let (tables, fault) = tables("CREATE TABLE a (x INT);\nCREATE TABLE b (y 'open", "a.sql");
    let fault = fault.unwrap();
    assert_eq!(fault.place.shown(), "a.sql:2:19", "{}", fault.reason.en);
    assert_eq!(tables[0].fields.len(), 1);
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
        let _ = tables(&text, "a.sql");
    }
}
