namespace NationalReferral.Platform;

/// <summary>For the load balancer: <c>/health/live</c> says that the process answers, <c>/health/ready</c> that its database does.</summary>
internal static class Health
{
    private const string PingSql = "SELECT count(*) FROM agencies WHERE code = 'ping'";

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(Database database, IHostApplicationLifetime lifetime, CancellationToken cancellation)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        try
        {
            await database.ReadAsync(Caller.System, work => work.ScalarAsync<int>(PingSql, null, cancellation), cancellation);
            return Results.Text("ready");
        }
        catch (Exception e) when (e is DatabaseUnavailableException or DatabaseFaultException or TimeoutException)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
