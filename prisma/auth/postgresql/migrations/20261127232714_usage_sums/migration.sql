-- AlterTable
ALTER TABLE "PageCeremony" ADD COLUMN     "summed" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "UsageCount" ADD COLUMN     "summed" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "UsageSum" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "source" TEXT COLLATE "C" NOT NULL,
    "step" TEXT COLLATE "C" NOT NULL,
    "at" INTEGER NOT NULL,
    "operation" TEXT COLLATE "C" NOT NULL,
    "outcome" TEXT COLLATE "C" NOT NULL,
    "requests" BIGINT NOT NULL,

    CONSTRAINT "UsageSum_pkey" PRIMARY KEY ("tenantId","environment","source","step","at","operation","outcome")
);

-- CreateTable
CREATE TABLE "UsageKeyDay" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "keyId" TEXT COLLATE "C" NOT NULL,
    "day" INTEGER NOT NULL,
    "operation" TEXT COLLATE "C" NOT NULL,
    "outcome" TEXT COLLATE "C" NOT NULL,
    "requests" BIGINT NOT NULL,
    "peakPerMinute" INTEGER NOT NULL,
    "peakConcurrent" INTEGER NOT NULL,

    CONSTRAINT "UsageKeyDay_pkey" PRIMARY KEY ("tenantId","environment","keyId","day","operation","outcome")
);

-- CreateIndex
CREATE INDEX "UsageKeyDay_tenantId_environment_day_idx" ON "UsageKeyDay"("tenantId", "environment", "day");

-- CreateIndex
CREATE INDEX "UsageCount_tenantId_environment_keyId_hour_idx" ON "UsageCount"("tenantId", "environment", "keyId", "hour");

-- What is to be added to the sums: few, but for what was counted before there were any.
CREATE INDEX "UsageCount_unsummed_idx" ON "UsageCount"("tenantId", "environment", "hour") WHERE "requests" <> "summed";
CREATE INDEX "PageCeremony_unsummed_idx" ON "PageCeremony"("tenantId", "environment", "hour") WHERE "requests" <> "summed";
