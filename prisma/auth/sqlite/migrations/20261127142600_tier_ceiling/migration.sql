-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN "tierCeiling" TEXT NOT NULL DEFAULT 'enterprise';
