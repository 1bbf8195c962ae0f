-- AlterTable
ALTER TABLE "Account" ALTER COLUMN "sequence" SET DATA TYPE BIGINT;

-- AlterTable
ALTER TABLE "LedgerTransaction" ALTER COLUMN "sequence" SET DATA TYPE BIGINT;
