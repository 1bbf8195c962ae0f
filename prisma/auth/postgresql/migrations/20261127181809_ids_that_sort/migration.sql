-- Ids are made by the code: no sequence of one database has to be asked. Those that are kept sort before all new ones, as they did.

-- DropIndex
DROP INDEX "AuditEvent_tenantId_id_idx";

-- DropIndex
DROP INDEX "LogLot_tenantId_environment_at_id_idx";

-- AlterTable
ALTER TABLE "AuditEvent" DROP CONSTRAINT "AuditEvent_pkey",
ALTER COLUMN "id" DROP DEFAULT,
ALTER COLUMN "id" SET DATA TYPE TEXT COLLATE "C" USING lpad("id"::TEXT, 24, '0'),
ADD CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("tenantId", "id");
DROP SEQUENCE "AuditEvent_id_seq";

-- AlterTable
ALTER TABLE "LogLot" DROP CONSTRAINT "LogLot_pkey",
ALTER COLUMN "id" DROP DEFAULT,
ALTER COLUMN "id" SET DATA TYPE TEXT COLLATE "C" USING lpad("id"::TEXT, 24, '0'),
ADD CONSTRAINT "LogLot_pkey" PRIMARY KEY ("tenantId", "environment", "at", "id");
DROP SEQUENCE "LogLot_id_seq";
