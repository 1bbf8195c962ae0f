-- AlterTable
ALTER TABLE "Ceremony" ADD COLUMN "mediation" TEXT;

-- AlterTable
ALTER TABLE "Passkey" ADD COLUMN "rpId" TEXT;
ALTER TABLE "Passkey" ADD COLUMN "userHandle" TEXT;
