using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Somebody who begins to work somewhere: the worker, the membership and the login, written together.</summary>
/// <param name="Roles">Codes of access_role, space separated.</param>
/// <param name="Issuer">The sign-in server's, as it stands in its tokens.</param>
/// <param name="Subject">Who signs in, as that server names them.</param>
internal sealed record Newcomer(Guid Id, string DisplayName, Guid AgencyId, string Roles, string Issuer, string Subject);

/// <summary>The public verb of this slice for commands and demo data; invitations over the API come later.</summary>
internal static class Newcomers
{
    private const string WorkerSql = "INSERT INTO workers (id, display_name, status, epoch, version) VALUES (@id, @displayName, 'active', 1, 1)";

    private const string LoginSql = """
        INSERT INTO logins (id, issuer, subject, worker_id, name, scopes, epoch, status, created_at, version)
        VALUES (@id, @issuer, @subject, @workerId, @displayName, '', 1, 'active', @now, 1)
        """;

    /// <exception cref="ConstraintViolation"><c>uq_logins_subject</c>: this login works somewhere already.</exception>
    public static async Task WelcomeAsync(Work work, Newcomer newcomer, CancellationToken cancellation)
    {
        await work.ExecuteAsync(WorkerSql, new { id = newcomer.Id, displayName = newcomer.DisplayName }, cancellation);
        await WorkerStore.OpenMembershipAsync(work, newcomer.Id, newcomer.AgencyId, newcomer.Roles, cancellation);
        await work.ExecuteAsync(LoginSql, new
        {
            id = Ids.New(work.Now),
            issuer = newcomer.Issuer,
            subject = newcomer.Subject,
            workerId = newcomer.Id,
            displayName = newcomer.DisplayName,
        }, cancellation);
        await Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.WorkerCreated,
            SubjectKind = "worker",
            SubjectId = newcomer.Id,
            Facts = [("agency", newcomer.AgencyId.ToString()), ("roles", newcomer.Roles.Replace(' ', ','))],
        }, cancellation);
    }
}
