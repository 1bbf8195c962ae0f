-- The tenant leads the keys of what is always asked for with it: rows of one tenant stand together, and can be kept apart.

-- AlterTable
ALTER TABLE "Ceremony" DROP CONSTRAINT "Ceremony_pkey",
ADD CONSTRAINT "Ceremony_pkey" PRIMARY KEY ("tenantId", "id");

-- AlterTable
ALTER TABLE "Invitation" DROP CONSTRAINT "Invitation_pkey",
ADD CONSTRAINT "Invitation_pkey" PRIMARY KEY ("tenantId", "id");

-- AlterTable
ALTER TABLE "PaymentMethod" DROP CONSTRAINT "PaymentMethod_pkey",
ADD CONSTRAINT "PaymentMethod_pkey" PRIMARY KEY ("tenantId", "id");

-- AlterTable
ALTER TABLE "TrustAnchor" DROP CONSTRAINT "TrustAnchor_pkey",
ADD CONSTRAINT "TrustAnchor_pkey" PRIMARY KEY ("tenantId", "id");
