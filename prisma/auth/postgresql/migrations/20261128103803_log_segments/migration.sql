-- AlterTable
ALTER TABLE "LogLot" ADD COLUMN     "indexed" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "LogSegment" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,
    "first" BIGINT NOT NULL,
    "last" BIGINT NOT NULL,
    "lots" INTEGER NOT NULL,
    "pairs" BIGINT NOT NULL,
    "parts" INTEGER NOT NULL,

    CONSTRAINT "LogSegment_pkey" PRIMARY KEY ("tenantId","environment","id")
);

-- CreateTable
CREATE TABLE "LogBlock" (
    "tenantId" TEXT COLLATE "C" NOT NULL,
    "environment" TEXT COLLATE "C" NOT NULL,
    "segmentId" TEXT COLLATE "C" NOT NULL,
    "part" INTEGER NOT NULL,
    "moments" BYTEA NOT NULL,

    CONSTRAINT "LogBlock_pkey" PRIMARY KEY ("tenantId","environment","segmentId","part")
);

-- CreateIndex
CREATE INDEX "LogSegment_tenantId_environment_last_id_idx" ON "LogSegment"("tenantId", "environment", "last", "id");

-- AddForeignKey
ALTER TABLE "LogBlock" ADD CONSTRAINT "LogBlock_tenantId_environment_segmentId_fkey" FOREIGN KEY ("tenantId", "environment", "segmentId") REFERENCES "LogSegment"("tenantId", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Only those that are not indexed, and not searched: by hand, Prisma has no word for an index of some rows.
CREATE INDEX "LogLot_unindexed_idx" ON "LogLot"("tenantId", "environment", "at", "id") WHERE NOT "indexed";
CREATE INDEX "LogSegment_unsearched_idx" ON "LogSegment"("state", "tenantId", "environment", "id") WHERE "state" <> 'searched';
