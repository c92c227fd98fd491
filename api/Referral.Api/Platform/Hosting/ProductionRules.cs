namespace NationalReferral.Platform;

/// <summary>What is for demonstration only cannot be switched on in Production: the start is refused with the setting's name.</summary>
internal static class ProductionRules
{
    public static void Check(IConfiguration settings, IHostEnvironment environment)
    {
        if (!environment.IsProduction())
        {
            return;
        }
        if (settings.GetValue("Demo:Enabled", false))
        {
            throw new InvalidOperationException("Demo:Enabled is true. Demo data and demo passwords do not exist in Production: remove the setting.");
        }
        foreach (var url in (settings["urls"] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (url.StartsWith("http:", StringComparison.OrdinalIgnoreCase) && !settings.GetValue("Proxy:TerminatesTls", false))
            {
                throw new InvalidOperationException($"urls holds {url}. In Production listen on https, or set Proxy:TerminatesTls=true where a proxy in front does.");
            }
        }
    }
}
