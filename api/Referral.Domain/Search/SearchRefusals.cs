namespace NationalReferral;

public static class SearchRefusals
{
    /// <summary>Nothing was given, or nothing but a name that very many people have.</summary>
    public static readonly RefusalKind NothingToSearchBy = new("nothing_to_search_by", 422);
}
