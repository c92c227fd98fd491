using Microsoft.AspNetCore.Identity;

namespace NationalReferral.Identity;

/// <summary>Who can prove who they are. What they may do is decided elsewhere, by the login that names this account.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>A closed account signs in nowhere, and its tokens are refused.</summary>
    public bool IsActive { get; set; } = true;
}
