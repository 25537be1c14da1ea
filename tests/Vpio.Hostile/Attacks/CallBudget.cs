namespace Vpio.Hostile.Attacks;

/// <summary>Is how many calls an attack is to make, shared by all its threads, who take them some at a time. It lasts until it may end.</summary>
/// <param name="calls">How many at least.</param>
public sealed class CallBudget(long calls)
{
    private const int MostInPortion = 64;

    private readonly int _portion = (int)Math.Clamp(calls / MostInPortion, 1, MostInPortion);
    private long _left = calls;
    private bool _lasts = true;

    /// <summary>Gets how many are left; negative when more were made.</summary>
    public long Left => Volatile.Read(ref _left);

    /// <summary>Gets whether the attack is over.</summary>
    public bool IsUsedUp => Left <= 0 && !Volatile.Read(ref _lasts);

    /// <summary>Takes some.</summary>
    /// <returns>How many; 0 when the attack is over.</returns>
    public int Take()
    {
        if (IsUsedUp)
            return 0;
        Interlocked.Add(ref _left, -_portion);
        return _portion;
    }

    /// <summary>Lets the attack end as soon as all calls were made.</summary>
    public void MayEnd() => Volatile.Write(ref _lasts, false);

    /// <summary>Ends the attack.</summary>
    public void Cancel()
    {
        MayEnd();
        Volatile.Write(ref _left, 0);
    }
}
