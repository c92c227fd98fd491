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
        if (settings["Sms:Url"]?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true || (settings["Mail:Host"] is { Length: > 0 } && settings["Mail:Security"] == "none"))
        {
            throw new InvalidOperationException("Sms:Url is plain http, or Mail:Security is none. In Production phones and mail addresses of workers leave encrypted only.");
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
