namespace NationalReferral.Tests;

/// <summary>A survivor with a code of her own.</summary>
internal static class GivenVoice
{
    public static async Task<(Guid Victim, string Code)> CodeAsync(TestApp app)
    {
        var victim = await app.As(World.Officer).GivenVictimAsync();
        var given = await app.As(World.Officer).PostAsync($"/victims/{victim}/follow-code", "{}").JsonAsync();
        return (victim, given.GetProperty("followCode").GetString()!);
    }

    public static async Task SayAsync(TestApp app, string code, string kind, string text) =>
        await app.As(null).PostAsync("/public/codes/messages", $$"""{"followCode":"{{code}}","kind":"{{kind}}","text":"{{text}}"}""").JsonAsync();

    /// <summary>She asks that it stops, and the job has looked.</summary>
    public static async Task StopAsync(TestApp app)
    {
        var (_, code) = await CodeAsync(app);
        await SayAsync(app, code, "stop", "Nobody shall come to the house");
        await app.SpeakAsync();
    }
}
