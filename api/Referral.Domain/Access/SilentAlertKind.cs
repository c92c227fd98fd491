namespace NationalReferral;

/// <summary>What a silent alert tells (taxonomy <c>silent_alert_kind</c>).</summary>
public enum SilentAlertKind
{
    /// <summary>Somebody who is kept away asked for her, and was told that there is no such thing.</summary>
    Tried,

    /// <summary>Somebody who was kept away until not long ago opened her.</summary>
    Opened,
}
