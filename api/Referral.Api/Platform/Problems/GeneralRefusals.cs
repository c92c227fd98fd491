namespace NationalReferral.Platform;

/// <summary>Refusals that any operation can give. Those of one slice stand in that slice or in Referral.Domain.</summary>
public static class GeneralRefusals
{
    /// <summary>It does not exist, or the caller may not see it: never to be told apart (design: access, 6).</summary>
    public static readonly RefusalKind Unknown = new("unknown", 404);

    public static readonly RefusalKind SignIn = new("sign_in", 401);

    /// <summary>Signed in, but too long ago for what is asked (RFC 9470).</summary>
    public static readonly RefusalKind SignInAgain = new("sign_in_again", 401);

    public static readonly RefusalKind NotPermitted = new("not_permitted", 403);
    public static readonly RefusalKind HeaderRequired = new("header_required", 403);
    public static readonly RefusalKind ChooseMembership = new("choose_membership", 403);
    public static readonly RefusalKind TooMany = new("too_many", 429);
    public static readonly RefusalKind Unreadable = new("unreadable", 400);
    public static readonly RefusalKind TooLarge = new("too_large", 413);
    public static readonly RefusalKind WrongMediaType = new("wrong_media_type", 415);
    public static readonly RefusalKind WrongMethod = new("wrong_method", 405);
    public static readonly RefusalKind MatchRequired = new("match_required", 428);
    public static readonly RefusalKind Stale = new("stale", 412);
    public static readonly RefusalKind KeyReused = new("key_reused", 422);

    /// <summary>Read, but a rule about single fields forbids it: a time in the future, a number that has the wrong form.</summary>
    public static readonly RefusalKind RuleBroken = new("rule_broken", 422);

    /// <summary>A row with the id that the client made exists already.</summary>
    public static readonly RefusalKind IdTaken = new("id_taken", 409);

    public static readonly RefusalKind Unavailable = new("unavailable", 503);
    public static readonly RefusalKind Fault = new("fault", 500);
}
