#!/bin/sh
set -eu
# mokuteki: claims/transfer
sftp -b transfer.batch agency@transfer.example
