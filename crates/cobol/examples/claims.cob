      *> A claims program. It reads records of fixed length in Shift_JIS
      *> (CP932), asks for each whether it may go to the contractor that
      *> checks claims, and sends it with the token of a permit.
      *>
      *> crates/cobol/test builds and runs it.
       IDENTIFICATION DIVISION.
       PROGRAM-ID. CLAIMS.
       ENVIRONMENT DIVISION.
       INPUT-OUTPUT SECTION.
       FILE-CONTROL.
           SELECT CLAIM-FILE ASSIGN TO CLAIM-PATH
               ORGANIZATION IS SEQUENTIAL
               FILE STATUS IS CLAIM-STATUS.
       DATA DIVISION.
       FILE SECTION.
       FD  CLAIM-FILE.
      *> All text is Shift_JIS, filled up with spaces.
       01  CLAIM-RECORD.
           05  CLAIM-SOCIETY          PIC X(8).
           05  CLAIM-DATA             PIC X(24).
           05  CLAIM-RECIPIENT        PIC X(24).
           05  CLAIM-ACTIVITY         PIC X(24).
           05  CLAIM-DAY.
               10  CLAIM-YEAR         PIC 9(4).
               10  CLAIM-MONTH        PIC 9(2).
               10  CLAIM-DATE         PIC 9(2).
       WORKING-STORAGE SECTION.
       COPY "mokuteki.cpy".
       01  CLAIM-PATH                 PIC X(200).
       01  CLAIM-STATUS               PIC XX.
       01  ENGINE                     PIC 9(18) COMP-5 VALUE 0.
       01  PERMIT                     PIC 9(18) COMP-5 VALUE 0.
       01  CALL-STATUS                USAGE BINARY-LONG.
       01  LANGUAGE-NUMBER            USAGE BINARY-LONG UNSIGNED
                                      VALUE 1.
       01  SENT                       PIC 9(9) VALUE 0.
       01  NOT-SENT                   PIC 9(9) VALUE 0.
      *> Texts in UTF-8, one for each field of the record.
       01  TEXTS.
           05  TEXT-OF OCCURS 4 TIMES PIC X(100).
       01  DAY-TEXT                   PIC X(10).
      *> Ids of the vocabulary are ASCII, whatever encoding this source
      *> is kept in.
       01  SOCIETY-ID                 PIC X(7) VALUE "society".
       01  FALSE-WORD                 PIC X(5) VALUE "false".
       01  SINK-NAME                  PIC X(13) VALUE "claim-checker".
       01  SINK.
           05  SINK-AT                USAGE POINTER.
           05  SINK-LENGTH            PIC 9(18) COMP-5 VALUE 13.
       01  SINK-RECIPIENT-ID          PIC X(25) VALUE
           "claim-checking-contractor".
       01  SINK-RECIPIENT.
           05  SINK-RECIPIENT-AT      USAGE POINTER.
           05  SINK-RECIPIENT-LENGTH  PIC 9(18) COMP-5 VALUE 25.
       01  ACCEPTED.
           05  ACCEPTED-AT            USAGE POINTER VALUE NULL.
           05  ACCEPTED-LENGTH        PIC 9(18) COMP-5 VALUE 0.
       01  SYSTEM-KEY                 PIC X(31) VALUE
           "a key that only this system has".
       01  KEY-LENGTH                 PIC 9(18) COMP-5 VALUE 31.
       01  TOKEN                      PIC X(8000).
       01  TOKEN-CAPACITY             PIC 9(18) COMP-5 VALUE 8000.
       01  TOKEN-LENGTH               PIC 9(18) COMP-5.
       01  FAULT                      PIC X(8000).
       01  FAULT-CAPACITY             PIC 9(18) COMP-5 VALUE 8000.
       01  FAULT-LENGTH               PIC 9(18) COMP-5.
      *> What iconv of the C library asks for.
       01  CONVERTER                  USAGE POINTER.
       01  NO-CONVERTER REDEFINES CONVERTER
                                      PIC S9(18) COMP-5.
       01  FROM-TEXT                  PIC X(24).
       01  FROM-AT                    USAGE POINTER.
       01  FROM-LEFT                  PIC 9(18) COMP-5.
       01  TO-TEXT                    PIC X(100).
       01  TO-AT                      USAGE POINTER.
       01  TO-LEFT                    PIC 9(18) COMP-5.
       01  CONVERTED                  PIC S9(18) COMP-5.
       01  TO-LENGTH                  PIC 9(9) COMP-5.
       01  SENT-OF-TODAY              PIC 9.
       PROCEDURE DIVISION.
       MAIN-LINE.
           ACCEPT CLAIM-PATH FROM COMMAND-LINE
           CALL "mokuteki_abi" RETURNING CALL-STATUS
           IF CALL-STATUS < MOKUTEKI-ABI
               DISPLAY "an older library"
               STOP RUN RETURNING 1
           END-IF
           CALL "mokuteki_open_embedded"
               USING BY REFERENCE ENGINE RETURNING CALL-STATUS
           IF CALL-STATUS NOT = MOKUTEKI-OK
               DISPLAY "no engine"
               STOP RUN RETURNING 1
           END-IF
           CALL "iconv_open" USING BY REFERENCE Z"UTF-8"
               BY REFERENCE Z"CP932" RETURNING CONVERTER
           IF NO-CONVERTER = -1
               DISPLAY "no converter from CP932"
               STOP RUN RETURNING 1
           END-IF
           OPEN INPUT CLAIM-FILE
           IF CLAIM-STATUS NOT = "00"
               DISPLAY "cannot open the claims"
               STOP RUN RETURNING 1
           END-IF
           PERFORM UNTIL CLAIM-STATUS NOT = "00"
               READ CLAIM-FILE
                   NOT AT END PERFORM ONE-CLAIM
               END-READ
           END-PERFORM
           CLOSE CLAIM-FILE
           CALL "iconv_close" USING BY VALUE CONVERTER
               RETURNING CALL-STATUS
           CALL "mokuteki_free" USING BY VALUE ENGINE
               RETURNING CALL-STATUS
           DISPLAY "sent " SENT ", not sent " NOT-SENT
           STOP RUN RETURNING 0.

       ONE-CLAIM.
           INITIALIZE MOKUTEKI-FLOW
           MOVE CLAIM-SOCIETY TO FROM-TEXT
           PERFORM CONVERT-TEXT
           MOVE TO-TEXT TO TEXT-OF(1)
           SET FLOW-SOCIETY-AT TO ADDRESS OF TEXT-OF(1)
           MOVE TO-LENGTH TO FLOW-SOCIETY-LENGTH
           MOVE CLAIM-DATA TO FROM-TEXT
           PERFORM CONVERT-TEXT
           MOVE TO-TEXT TO TEXT-OF(2)
           SET FLOW-DATA-AT TO ADDRESS OF TEXT-OF(2)
           MOVE TO-LENGTH TO FLOW-DATA-LENGTH
           MOVE CLAIM-RECIPIENT TO FROM-TEXT
           PERFORM CONVERT-TEXT
           MOVE TO-TEXT TO TEXT-OF(3)
           SET FLOW-RECIPIENT-AT TO ADDRESS OF TEXT-OF(3)
           MOVE TO-LENGTH TO FLOW-RECIPIENT-LENGTH
           MOVE CLAIM-ACTIVITY TO FROM-TEXT
           PERFORM CONVERT-TEXT
           MOVE TO-TEXT TO TEXT-OF(4)
           SET FLOW-ACTIVITY-AT TO ADDRESS OF TEXT-OF(4)
           MOVE TO-LENGTH TO FLOW-ACTIVITY-LENGTH
           STRING CLAIM-YEAR "-" CLAIM-MONTH "-" CLAIM-DATE
               DELIMITED BY SIZE INTO DAY-TEXT
           SET FLOW-AS-OF-AT TO ADDRESS OF DAY-TEXT
           MOVE 10 TO FLOW-AS-OF-LENGTH
           SET FLOW-SENDER-AT TO ADDRESS OF SOCIETY-ID
           MOVE 7 TO FLOW-SENDER-LENGTH
           SET FLOW-MY-NUMBER-AT TO ADDRESS OF FALSE-WORD
           MOVE 5 TO FLOW-MY-NUMBER-LENGTH
           SET FLOW-ABROAD-AT TO ADDRESS OF FALSE-WORD
           MOVE 5 TO FLOW-ABROAD-LENGTH
           SET SINK-AT TO ADDRESS OF SINK-NAME
           SET SINK-RECIPIENT-AT TO ADDRESS OF SINK-RECIPIENT-ID
           CALL "mokuteki_permit" USING BY VALUE ENGINE
               BY REFERENCE MOKUTEKI-FLOW BY REFERENCE SINK
               BY REFERENCE SINK-RECIPIENT BY REFERENCE ACCEPTED
               BY VALUE LANGUAGE-NUMBER BY REFERENCE PERMIT
               RETURNING CALL-STATUS
           IF CALL-STATUS NOT = MOKUTEKI-OK
               ADD 1 TO NOT-SENT
               PERFORM TELL-FAULT
           ELSE
               CALL "mokuteki_token" USING BY VALUE PERMIT
                   BY REFERENCE SYSTEM-KEY BY VALUE KEY-LENGTH
                   BY REFERENCE TOKEN BY VALUE TOKEN-CAPACITY
                   BY REFERENCE TOKEN-LENGTH RETURNING CALL-STATUS
               IF CALL-STATUS NOT = MOKUTEKI-OK
                   MOVE 0 TO TOKEN-LENGTH
               END-IF
               CALL "mokuteki_free" USING BY VALUE PERMIT
                   RETURNING CALL-STATUS
               CALL "SEND-TO-CHECKER" USING BY REFERENCE TOKEN
                   BY REFERENCE TOKEN-LENGTH BY REFERENCE DAY-TEXT
                   BY REFERENCE CLAIM-RECORD
                   BY REFERENCE SENT-OF-TODAY
               IF SENT-OF-TODAY = 1
                   ADD 1 TO SENT
               ELSE
                   ADD 1 TO NOT-SENT
               END-IF
           END-IF.

      *> FROM-TEXT in Shift_JIS to TO-TEXT in UTF-8. What cannot be
      *> converted becomes an empty field, which is refused where the
      *> flow must have it and is never a yes elsewhere.
       CONVERT-TEXT.
           MOVE SPACES TO TO-TEXT
           MOVE 0 TO TO-LENGTH
           IF FROM-TEXT NOT = SPACES
               SET FROM-AT TO ADDRESS OF FROM-TEXT
               MOVE FUNCTION LENGTH(FUNCTION TRIM(FROM-TEXT TRAILING))
                   TO FROM-LEFT
               SET TO-AT TO ADDRESS OF TO-TEXT
               MOVE 100 TO TO-LEFT
               CALL "iconv" USING BY VALUE CONVERTER
                   BY REFERENCE FROM-AT BY REFERENCE FROM-LEFT
                   BY REFERENCE TO-AT BY REFERENCE TO-LEFT
                   RETURNING CONVERTED
               IF CONVERTED >= 0 AND FROM-LEFT = 0
                   COMPUTE TO-LENGTH = 100 - TO-LEFT
               ELSE
                   DISPLAY "not Shift_JIS"
               END-IF
           END-IF.

       TELL-FAULT.
           CALL "mokuteki_last_error" USING BY REFERENCE FAULT
               BY VALUE FAULT-CAPACITY BY REFERENCE FAULT-LENGTH
               RETURNING CALL-STATUS
           IF CALL-STATUS = MOKUTEKI-OK AND FAULT-LENGTH > 0
               DISPLAY "not sent: " FAULT(1:FAULT-LENGTH)
           END-IF.
       END PROGRAM CLAIMS.

      *> Sends a record to the contractor. It takes a token and no flag:
      *> 88 PERMITTED VALUE 1 would be set by a slip.
       IDENTIFICATION DIVISION.
       PROGRAM-ID. SEND-TO-CHECKER.
       DATA DIVISION.
       WORKING-STORAGE SECTION.
       COPY "mokuteki.cpy".
       01  SINK-NAME                  PIC X(13) VALUE "claim-checker".
       01  SINK.
           05  SINK-AT                USAGE POINTER.
           05  SINK-LENGTH            PIC 9(18) COMP-5 VALUE 13.
       01  SHOWN.
           05  SHOWN-AT               USAGE POINTER.
           05  SHOWN-LENGTH           PIC 9(18) COMP-5.
       01  SYSTEM-KEY                 PIC X(31) VALUE
           "a key that only this system has".
       01  KEY-LENGTH                 PIC 9(18) COMP-5 VALUE 31.
       01  SAID                       PIC X(8000).
       01  SAID-CAPACITY              PIC 9(18) COMP-5 VALUE 8000.
       01  SAID-LENGTH                PIC 9(18) COMP-5.
       01  CALL-STATUS                USAGE BINARY-LONG.
       01  LANGUAGE-NUMBER            USAGE BINARY-LONG UNSIGNED
                                      VALUE 1.
       01  DAY-OF-FLOW                PIC X(20).
       01  DAYS-FOUND                 PIC 9(9) COMP-5.
       LINKAGE SECTION.
       01  TOKEN                      PIC X(8000).
       01  TOKEN-LENGTH               PIC 9(18) COMP-5.
       01  TODAY                      PIC X(10).
       01  CLAIM                      PIC X(88).
       01  SENT                       PIC 9.
       PROCEDURE DIVISION USING TOKEN TOKEN-LENGTH TODAY CLAIM SENT.
       MAIN-LINE.
           MOVE 0 TO SENT
           SET SHOWN-AT TO ADDRESS OF TOKEN
           MOVE TOKEN-LENGTH TO SHOWN-LENGTH
           SET SINK-AT TO ADDRESS OF SINK-NAME
           MOVE SPACES TO SAID
           CALL "mokuteki_verify" USING BY REFERENCE SHOWN
               BY REFERENCE SYSTEM-KEY BY VALUE KEY-LENGTH
               BY REFERENCE SINK BY VALUE LANGUAGE-NUMBER
               BY REFERENCE SAID BY VALUE SAID-CAPACITY
               BY REFERENCE SAID-LENGTH RETURNING CALL-STATUS
           IF CALL-STATUS = MOKUTEKI-OK
               MOVE 0 TO DAYS-FOUND
               STRING '"as_of":"' TODAY '"' DELIMITED BY SIZE
                   INTO DAY-OF-FLOW
               INSPECT SAID TALLYING DAYS-FOUND
                   FOR ALL DAY-OF-FLOW
               IF DAYS-FOUND = 1
      *> Here the record would go out.
                   MOVE 1 TO SENT
                   DISPLAY "sent by " SAID(1:SAID-LENGTH)
               END-IF
           END-IF
           GOBACK.
       END PROGRAM SEND-TO-CHECKER.
