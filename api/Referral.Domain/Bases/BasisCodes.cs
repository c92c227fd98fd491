namespace NationalReferral;

/// <summary>What allows sharing (taxonomy <c>legal_basis_kind</c>).</summary>
public enum BasisKind
{
    Consent,
    BestInterestsDecision,
    CourtOrder,
    StatutoryDuty,
    VitalInterest,
    Guardianship,
    LegalHold,
}
