using Microsoft.AspNetCore.Http.Json;
using NationalReferral.Identity;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The table of contents: what the host is made of, and which slice serves which routes.</summary>
internal static class Api
{
    public static void AddReferralApi(this WebApplicationBuilder builder)
    {
        ProductionRules.Check(builder.Configuration, builder.Environment);
        var services = builder.Services;
        var roles = HostRoles.From(builder.Configuration);
        services.AddSingleton(roles);
        services.AddSingleton(TimeProvider.System);
        services.AddDatabase(builder.Configuration);
        builder.AddAuth(builder.AddReferralIdentity(), servesSignIn: roles.Identity);
        services.AddSealing(builder.Configuration, builder.Environment);
        services.AddJournal(builder.Configuration, builder.Environment);
        services.AddBases();
        services.AddSingleton<VirusScan>();
        services.AddSingleton<PersonTokens>().AddSingleton<WorkerPersons>().AddSingleton<SearchTokens>().AddSingleton<Reindexing>();
        services.AddSingleton<Taxonomies>().AddSingleton<Districts>();
        services.AddAges();
        services.AddSingleton<Reading>().AddSingleton<Rates>();
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.AddExceptionHandler<FaultHandler>().AddProblemDetails();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<JsonOptions>(options => Json.Configure(options.SerializerOptions, [VictimJson.Default, JournalJson.Default, AccessJson.Default, BasisJson.Default, ReferenceJson.Default, AgencyJson.Default, ServiceJson.Default, ReferralJson.Default, MatchJson.Default, ClockJson.Default, ClockLengthJson.Default, ReportJson.Default, FollowJson.Default, VoiceJson.Default, LawJson.Default, AgeJson.Default]));
        services.AddClocks();
        services.AddSilentAlerts();
        services.AddMessages(builder.Configuration);
        services.AddContract();
        builder.AddTelemetry();
        if (roles.Jobs)
        {
            services.AddJournalSealing();
            services.AddBasisExpiry();
            services.AddAgeRenewal();
            services.AddClockJob();
            services.AddSilentAlertJob();
            services.AddMessageJob();
        }
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));
        // The framework's own lines carry the paths of requests, and paths carry the ids of children.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            .AddFilter("OpenIddict", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        // A request is read as soon as it comes, into memory that waits for it (4 kB a connection), instead of asking first whether one has come.
        builder.WebHost.UseSockets(sockets => sockets.WaitForDataBeforeAllocatingBuffer = false);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        });
    }

    public static void MapReferralApi(this WebApplication app)
    {
        app.UseProxy();
        app.UseHeaders();
        app.UseExceptionHandler();
        // What reads a body as JSON throws for whatever is wrong with it, but for its length.
        app.UseStatusCodePages(page => page.HttpContext.Response.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? Refused.WriteAsync(page.HttpContext, new Refusal(GeneralRefusals.TooLarge)) : Task.CompletedTask);
        app.UseRouting();
        app.UseWhen(SameForAll.IsAskedFor, published => published.UseResponseCompression());
        app.UseContract();
        var roles = app.Services.GetRequiredService<HostRoles>();
        if (roles.Identity)
        {
            app.UseReferralIdentity();
            app.MapReferralIdentity();
        }
        app.UseAuth();
        app.UseMiddleware<Gate>();
        app.Use(Tag.CheckAsync);
        app.Use(Replays.BufferAsync);

        app.MapHealth();
        app.MapWebSessions();
        var api = app.MapGroup("/api/v1").AddEndpointFilterFactory(Reading.Filter).Refuses(GeneralRefusals.TooMany, GeneralRefusals.Fault, GeneralRefusals.Unavailable);
        api.MapVictims();
        api.MapIntake();
        api.MapSearch();
        api.MapDocuments();
        api.MapRecords();
        api.MapAttachments();
        api.MapNeeds();
        api.MapClosures();
        api.MapReferrals();
        api.MapGroups();
        api.MapHandovers();
        api.MapSharing();
        api.MapMatches();
        api.MapNotifications();
        api.MapClocks();
        api.MapClockLengths();
        api.MapReports();
        api.MapFollowCodes();
        api.MapVoice();
        api.MapReference();
        api.MapHolidays();
        api.MapLaw();
        api.MapAges();
        api.MapMe();
        api.MapContacts();
        api.MapAgencies();
        api.MapWorkers();
        api.MapClients();
        api.MapBases();
        api.MapUnaskedBases();
        api.MapTeams();
        api.MapBlocks();
        api.MapSilentAlerts();
        api.MapTransfers();
        api.MapApprovals();
        api.MapBreakGlass();
        api.MapJournal();
        api.MapServices();
        api.MapCapacity();
        api.MapDirectory();
        // A request delegate: of a handler the generated binder forgets the pattern, and every screen of the web client would be unknown.
        app.MapFallback("/api/{**rest}", Refused.Because(GeneralRefusals.Unknown).ExecuteAsync).May(Permissions.Me).ExcludeFromDescription();
        if (roles.Web)
        {
            app.UseWebClient();
        }
    }
}
