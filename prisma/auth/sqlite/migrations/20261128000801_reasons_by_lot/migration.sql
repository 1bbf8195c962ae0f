-- AlterTable
ALTER TABLE "LogLot" ADD COLUMN "reasons" TEXT;

-- Those with refusals: however many there are without.
CREATE INDEX "LogLot_refused_idx" ON "LogLot"("tenantId", "environment", "at", "id") WHERE "refused" > 0;
