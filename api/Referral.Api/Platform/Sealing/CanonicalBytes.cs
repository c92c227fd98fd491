using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NationalReferral.Platform;

/// <summary>
/// One spelling of a list of values in bytes, for MACs and for the additional data of seals: every value carries its
/// length, and nothing differs from empty, so that no two lists share a spelling. The order of the calls is the format.
/// </summary>
internal sealed class CanonicalBytes
{
    private const int Nothing = -1;
    private readonly ArrayBufferWriter<byte> _bytes = new(256);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public CanonicalBytes Add(string? text)
    {
        if (text is null)
        {
            return Length(Nothing);
        }
        var count = Encoding.UTF8.GetByteCount(text);
        Length(count);
        Encoding.UTF8.GetBytes(text, _bytes.GetSpan(count));
        _bytes.Advance(count);
        return this;
    }

    public CanonicalBytes Add(Guid? id)
    {
        if (id is null)
        {
            return Length(Nothing);
        }
        Length(16);
        id.Value.TryWriteBytes(_bytes.GetSpan(16), bigEndian: true, out _);
        _bytes.Advance(16);
        return this;
    }

    public CanonicalBytes Add(long? number)
    {
        if (number is null)
        {
            return Length(Nothing);
        }
        Length(8);
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(8), number.Value);
        _bytes.Advance(8);
        return this;
    }

    /// <summary>To the millisecond, which is what the database keeps.</summary>
    public CanonicalBytes Add(DateTimeOffset instant) => Add(instant.ToUnixTimeMilliseconds());

    public CanonicalBytes Add(byte[]? bytes)
    {
        if (bytes is null)
        {
            return Length(Nothing);
        }
        Length(bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    private CanonicalBytes Length(int count)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(4), count);
        _bytes.Advance(4);
        return this;
    }
}
