using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace NationalReferral.Tests;

/// <summary>Time goes by, and deadlines speak.</summary>
internal static class Passing
{
    /// <returns>For how many clocks the app spoke.</returns>
    public static Task<int> SpeakAsync(this TestApp app) => app.Services.GetRequiredService<ClockJob>().RunAsync(CancellationToken.None);

    public static Task<int> PassAsync(this TestApp app, TimeSpan time)
    {
        app.Clock.Advance(time);
        return app.SpeakAsync();
    }

    /// <summary>What somebody was told, the newest first.</summary>
    public static async Task<JsonElement[]> ToldAsync(this TestApp app, Persona persona)
    {
        var page = await app.As(persona).ReadAsync("/notifications?limit=200").JsonAsync();
        return [.. page.GetProperty("items").EnumerateArray()];
    }

    /// <summary>Which kinds of thing somebody was told, as often as he was.</summary>
    public static async Task<string[]> KindsToldAsync(this TestApp app, Persona persona) => [.. (await app.ToldAsync(persona)).Select(told => told.GetProperty("kind").GetString()!)];
}
