using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace NationalReferral.Benchmarks;

/// <summary>Who asks, as the database knows it now.</summary>
internal sealed record Principal(byte[] WorkerId, byte[] UnitId, string Roles);

/// <summary>The same check as the product's: the signature once, then by the header's hash, and one indexed row each time.</summary>
internal sealed class Tokens(string issuer, JsonWebKeySet keys)
{
    private const string PrincipalSql = """
        SELECT l.worker_id, a.id, m.roles, l.epoch, w.epoch, a.status
          FROM logins l
          LEFT JOIN workers w ON w.id = l.worker_id
          LEFT JOIN memberships m ON m.worker_id = l.worker_id AND m.from_at <= ?3 AND (m.to_at IS NULL OR m.to_at > ?3)
          LEFT JOIN agencies a ON a.id = coalesce(l.agency_id, m.agency_id)
         WHERE l.issuer = ?1 AND l.subject = ?2 AND l.status = 'active' AND (l.worker_id IS NULL OR w.status = 'active')
        """;

    private readonly ConcurrentDictionary<(UInt128 High, UInt128 Low), (string Subject, DateTime Until)> _known = new();
    private readonly JsonWebTokenHandler _handler = new();

    public async ValueTask<Principal?> CheckAsync(string header, Link link)
    {
        if (Print(header) is var print && !_known.TryGetValue(print, out var known))
        {
            var result = await _handler.ValidateTokenAsync(header["Bearer ".Length..], new TokenValidationParameters
            {
                ValidIssuer = issuer,
                ValidAudience = Authority.Audience,
                ValidTypes = ["at+jwt"],
                IssuerSigningKeys = keys.Keys,
            });
            if (!result.IsValid)
            {
                return null;
            }
            _known[print] = known = (((JsonWebToken)result.SecurityToken).Subject, result.SecurityToken.ValidTo);
        }
        if (known.Until <= DateTime.UtcNow)
        {
            return null;
        }
        using var row = link.Read(PrincipalSql, issuer, known.Subject, Limit.Now());
        return row.Read() ? new((byte[])row[0], (byte[])row[1], row.GetString(2)) : null;
    }

    private static (UInt128, UInt128) Print(string header)
    {
        Span<byte> hash = stackalloc byte[32];
        Span<byte> text = stackalloc byte[2048];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(header, text)], hash);
        return (BitConverter.ToUInt128(hash), BitConverter.ToUInt128(hash[16..]));
    }
}
