namespace NationalReferral.Identity;

/// <summary>
/// Ends what the host keeps for somebody who signed in here: called when an account has a new password. The host owns its
/// sessions, and this library must not know the host.
/// </summary>
/// <param name="subject">As in <c>logins.subject</c>.</param>
public delegate Task EndSessions(string subject, CancellationToken cancellation);

/// <summary>
/// Seals this server's own keys under the host's key-encryption key. An interface because the host owns that key and
/// this library must not know the host.
/// </summary>
public interface IKeyWrap
{
    /// <param name="purpose">What is sealed; opening it under another purpose fails.</param>
    /// <param name="secret">Stays the caller's, to be cleared.</param>
    public byte[] Wrap(string purpose, ReadOnlySpan<byte> secret);

    /// <exception cref="System.Security.Cryptography.CryptographicException">Changed, or wrapped for another purpose.</exception>
    public byte[] Unwrap(string purpose, ReadOnlySpan<byte> wrapped);
}
