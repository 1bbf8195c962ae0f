-- AlterTable
ALTER TABLE "HandOff" ADD COLUMN "replacedAt" DATETIME;
