-- AlterTable
ALTER TABLE "Member" ADD COLUMN "role" TEXT NOT NULL DEFAULT 'viewer';

-- Whoever is a member may do everything until now, and goes on so.
UPDATE "Member" SET "role" = 'owner';

-- AlterTable
ALTER TABLE "Invitation" ADD COLUMN "invitee" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Invitation" ADD COLUMN "role" TEXT NOT NULL DEFAULT 'viewer';

-- What is open until now was made when there was one role.
UPDATE "Invitation" SET "role" = 'owner';
