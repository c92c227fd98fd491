using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using NationalReferral.Identity;

namespace NationalReferral.Platform;

/// <summary>The sign-in server's keys, sealed under our key-encryption key.</summary>
internal sealed class IdentityKeyWrap(Keys keys) : IKeyWrap
{
    public byte[] Wrap(string purpose, ReadOnlySpan<byte> secret) => keys.SealSecret("identity." + purpose, secret);

    public byte[] Unwrap(string purpose, ReadOnlySpan<byte> wrapped) => keys.OpenSecret("identity." + purpose, wrapped);
}

/// <summary>
/// Data Protection's keys in table <c>protection_keys</c>, sealed, so that every instance opens every other's cookies and
/// form tokens. The framework's interface is synchronous; it is asked at start and once a day.
/// </summary>
internal sealed class ProtectionKeys(Database database, Keys keys) : IXmlRepository
{
    private const string Purpose = "protection";

    private const string ListSql = """
        SELECT p.body
          FROM protection_keys p
         ORDER BY p.id
        """;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var rows = database.ReadAsync(Caller.System, work => work.ListAsync<byte[]>(ListSql, null, CancellationToken.None), CancellationToken.None).GetAwaiter().GetResult();
        return [.. rows.Select(row => XElement.Parse(Encoding.UTF8.GetString(keys.OpenSecret(Purpose, row))))];
    }

    private const string AddSql = """
        INSERT INTO protection_keys (id, body)
        VALUES (@id, @body)
        """;

    public void StoreElement(XElement element, string friendlyName)
    {
        var body = keys.SealSecret(Purpose, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)));
        database.ChangeAsync(
            Caller.System,
            work => work.ExecuteAsync(AddSql, new { id = Ids.New(work.Now), body }, CancellationToken.None),
            static _ => true,
            CancellationToken.None).GetAwaiter().GetResult();
    }
}
