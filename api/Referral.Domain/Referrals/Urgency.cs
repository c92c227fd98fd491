namespace NationalReferral;

/// <summary>How soon (taxonomy <c>urgency</c>); the most urgent first.</summary>
public enum Urgency
{
    Emergency,
    High,
    Medium,
    Low,
}
