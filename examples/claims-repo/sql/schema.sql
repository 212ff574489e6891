CREATE TABLE claim_year (
  receipt_no CHAR(20),
  shobyo_mei VARCHAR(60),
  tensu INTEGER
);
