namespace NationalReferral.Platform;

/// <summary>
/// A refusal leaves one journal row in a transaction of its own, after whatever the change wrote was undone. What was
/// not found is recorded with the id as it was sent and nothing else is looked up (design: access, 6).
/// </summary>
internal static class Denials
{
    public static async Task RecordAsync(HttpContext http, Refusal refusal)
    {
        if (refusal.Kind.Status is not (403 or 404 or 409 or 412 or 422) || http.CallerOrNone() is not { } caller)
        {
            return;
        }
        var database = http.RequestServices.GetRequiredService<Database>();
        var sent = http.Request.RouteValues.Where(value => value.Key.EndsWith("id", StringComparison.OrdinalIgnoreCase))
            .Select(value => (value.Key, AsSent(value.Value as string)));
        var entry = new JournalEntry
        {
            Action = refusal.Kind.Status switch
            {
                404 => JournalActions.RefusedUnknown,
                403 => JournalActions.RefusedNotPermitted,
                _ => JournalActions.RefusedByRule,
            },
            Outcome = refusal.Kind.Code,
            Facts = [("operation", http.Operation()), .. sent],
        };
        await database.ChangeAsync(
            caller, work => Journal.AppendAsync(work, entry, CancellationToken.None), keep: static _ => true, CancellationToken.None);
    }

    /// <summary>Whatever else was typed into a URL, a number or a name, stays out of the journal.</summary>
    private static string AsSent(string? text) => Guid.TryParse(text, out var id) ? id.ToString() : "unreadable";
}
