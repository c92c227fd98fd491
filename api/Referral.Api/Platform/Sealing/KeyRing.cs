namespace NationalReferral.Platform;

/// <summary>
/// The generations of one secret, as this process knows them. New work uses the newest; a generation that another
/// instance has begun to use since is looked for once in the source.
/// </summary>
public sealed class KeyRing
{
    private readonly KeySource _source;
    private volatile IReadOnlyList<SecretKey> _keys;

    /// <exception cref="KeyMissingException">At once, and not when the first record is to be sealed.</exception>
    public KeyRing(KeySource source)
    {
        _source = source;
        _keys = Read();
    }

    /// <summary>Every generation, the newest first.</summary>
    public IReadOnlyList<SecretKey> Keys => _keys;

    public SecretKey Newest => Keys[0];

    /// <exception cref="KeyMissingException">No generation of this id: it was taken out of the file while still in use.</exception>
    public SecretKey Find(string id) =>
        Find(_keys, id) ?? Find(_keys = Read(), id) ?? throw new KeyMissingException($"No key '{id}' is at hand; rows in the database still need it.");

    /// <summary>Adds a generation and works with it from now on.</summary>
    public SecretKey Rotate()
    {
        _source.AddNewest();
        _keys = Read();
        return Newest;
    }

    private static SecretKey? Find(IReadOnlyList<SecretKey> keys, string id)
    {
        foreach (var key in keys)
        {
            if (key.Id == id)
            {
                return key;
            }
        }
        return null;
    }

    private IReadOnlyList<SecretKey> Read() => [.. _source.Read().Reverse()];
}
