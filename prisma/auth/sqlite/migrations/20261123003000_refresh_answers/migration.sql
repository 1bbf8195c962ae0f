-- A retry of a refresh is answered with the successor, which is kept as a record of its own.
-- AlterTable
ALTER TABLE "OAuthRecord" DROP COLUMN "answer";
