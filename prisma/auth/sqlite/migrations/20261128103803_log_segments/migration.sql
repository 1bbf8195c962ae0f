-- AlterTable
ALTER TABLE "LogLot" ADD COLUMN "indexed" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "LogSegment" (
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "first" BIGINT NOT NULL,
    "last" BIGINT NOT NULL,
    "lots" INTEGER NOT NULL,
    "pairs" BIGINT NOT NULL,
    "parts" INTEGER NOT NULL,

    PRIMARY KEY ("tenantId", "environment", "id")
);

-- CreateTable
CREATE TABLE "LogBlock" (
    "tenantId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "segmentId" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "moments" BLOB NOT NULL,

    PRIMARY KEY ("tenantId", "environment", "segmentId", "part"),
    CONSTRAINT "LogBlock_tenantId_environment_segmentId_fkey" FOREIGN KEY ("tenantId", "environment", "segmentId") REFERENCES "LogSegment" ("tenantId", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "LogSegment_tenantId_environment_last_id_idx" ON "LogSegment"("tenantId", "environment", "last", "id");

-- Only those that are not indexed, and not searched: by hand, Prisma has no word for an index of some rows.
CREATE INDEX "LogLot_unindexed_idx" ON "LogLot"("tenantId", "environment", "at", "id") WHERE NOT "indexed";
CREATE INDEX "LogSegment_unsearched_idx" ON "LogSegment"("state", "tenantId", "environment", "id") WHERE "state" <> 'searched';
