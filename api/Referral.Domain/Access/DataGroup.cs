namespace NationalReferral;

/// <summary>The unit of sharing and sealing (taxonomy <c>data_group</c>). <c>protection</c> has items only.</summary>
public enum DataGroup
{
    Identity,
    Contact,
    Demographics,
    Protection,
    Health,
    Legal,
    Family,
}
