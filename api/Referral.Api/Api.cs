using Microsoft.AspNetCore.Http.Json;
using NationalReferral.Identity;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The table of contents: what the host is made of, and which slice serves which routes.</summary>
internal static class Api
{
    public static void AddReferralApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddDatabase(builder.Configuration);
        builder.AddAuth(builder.AddReferralIdentity());
        services.AddSealing(builder.Configuration, builder.Environment);
        services.AddJournal(builder.Configuration, builder.Environment);
        services.AddBases();
        services.AddSingleton<Taxonomies>().AddSingleton<Districts>();
        services.AddSingleton<Reading>().AddSingleton<Rates>();
        services.AddExceptionHandler<FaultHandler>().AddProblemDetails();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<JsonOptions>(options => Json.Configure(options.SerializerOptions, [VictimJson.Default, JournalJson.Default, AccessJson.Default, BasisJson.Default, ReferenceJson.Default, AgencyJson.Default]));
        services.AddContract();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        });
    }

    public static void MapReferralApi(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseRouting();
        app.UseContract();
        app.UseReferralIdentity();
        app.UseAuth();
        app.UseMiddleware<Gate>();
        app.Use(Replays.BufferAsync);

        app.MapReferralIdentity();
        app.MapWebSessions();
        var api = app.MapGroup("/api/v1").AddEndpointFilterFactory(Reading.Filter).Refuses(GeneralRefusals.Unavailable);
        api.MapVictims();
        api.MapDocuments();
        api.MapRecords();
        api.MapNeeds();
        api.MapReference();
        api.MapHolidays();
        api.MapMe();
        api.MapAgencies();
        api.MapWorkers();
        api.MapBases();
        api.MapTeams();
        api.MapBlocks();
        api.MapJournal();
        app.MapFallback("/api/{**rest}", Unmatched).ExcludeFromDescription();
    }

    private static Refused Unmatched() => Refused.Because(GeneralRefusals.Unknown);
}
