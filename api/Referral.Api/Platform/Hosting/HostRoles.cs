namespace NationalReferral.Platform;

/// <summary>What this process does: one binary, four roles (setting <c>Roles</c>, all of them by default).</summary>
public sealed record HostRoles(bool Api, bool Identity, bool Jobs, bool Web)
{
    public static HostRoles From(IConfiguration settings)
    {
        var named = (settings["Roles"] ?? "api,identity,jobs,web").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = named.FirstOrDefault(role => role is not ("api" or "identity" or "jobs" or "web"));
        return unknown is null
            ? new HostRoles(named.Contains("api"), named.Contains("identity"), named.Contains("jobs"), named.Contains("web"))
            : throw new InvalidOperationException($"Roles names '{unknown}'; it may hold api, identity, jobs and web.");
    }
}
