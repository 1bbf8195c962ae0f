-- DropIndex
DROP INDEX "UsageEvent_createdAt_id_idx";

-- AlterTable
ALTER TABLE "UsageEvent" ADD COLUMN "refusedAt" DATETIME;
ALTER TABLE "UsageEvent" ADD COLUMN "refusedFor" TEXT;

-- CreateIndex
CREATE INDEX "UsageEvent_refusedAt_createdAt_id_idx" ON "UsageEvent"("refusedAt", "createdAt", "id");
