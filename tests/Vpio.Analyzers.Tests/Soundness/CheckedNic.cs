// A device that looks at run time whether its rules are kept, with the attributes that the analyzers read. Generated drivers are compiled with it.
global using System;
global using Vpio.Abi.Ownership;
global using static Fate;

/// <summary>Decides at run time what the analysis cannot know: answers, failures, how often a loop runs.</summary>
public static class Fate
{
    private static ulong s_bits;
    private static int s_left;

    /// <summary>Gets what was broken in the present run, or null.</summary>
    public static string? Broken { get; set; }

    /// <summary>Starts a run.</summary>
    public static void Start(ulong bits)
    {
        s_bits = bits;
        s_left = 60;
        Broken = null;
    }

    /// <summary>Gives an answer. Too many of them end the run: it was a loop.</summary>
    public static bool Flip()
    {
        if (--s_left <= 0)
            throw new OutOfFate();
        bool answer = (s_bits & 1) != 0;
        s_bits = (s_bits >> 1) | (s_bits << 63);
        return answer;
    }

    /// <summary>Fails, or not.</summary>
    public static void MayFail()
    {
        if (Flip())
            throw new InvalidOperationException();
    }

    /// <summary>Notes the first rule that was broken.</summary>
    public static void Break(string rule) => Broken ??= rule;
}

/// <summary>Ends a run that would go on for ever. Not the driver's fault: what it leaves held is not looked at.</summary>
public sealed class OutOfFate : Exception;

/// <summary>A device with one owner at a time.</summary>
public sealed class Nic
{
    private bool _held;
    private bool _wanted;

    [NoThrow] public Nic() { }

    public bool IsHeldAtEnd => _held;

    public void Forget() => (_held, _wanted) = (false, false);

    [Acquires, NoOwnershipCheck("It is the device.")]
    public void Grab()
    {
        MayFail();
        Take();
    }

    [TryAcquires(true), NoThrow, NoOwnershipCheck("It is the device.")]
    public bool TryGrab()
    {
        if (_held)
            Break("grabbed twice");
        if (!Flip())
            return false;
        Take();
        return true;
    }

    [Acquires, NoOwnershipCheck("It is the device.")]
    public Scope Enter()
    {
        MayFail();
        Take();
        return new Scope(this);
    }

    [TryAcquires(nameof(Scope.Granted)), NoThrow, NoOwnershipCheck("It is the device.")]
    public Scope TryEnter() => TryGrab() ? new Scope(this) : default;

    [Releases, NoThrow, NoOwnershipCheck("It is the device.")]
    public void Release()
    {
        if (!_held)
            Break("released while not held");
        Forget();
    }

    [HeldWhen(true)] public bool IsHeld { [NoThrow] get => _held; }

    [Polls, RevokedWhen(true)]
    public bool Wanted
    {
        [NoThrow]
        get => _wanted |= _held && Flip();
    }

    [RequiresHeld, NoThrow, NoOwnershipCheck("It is the device.")]
    public void Write(int offset, uint value)
    {
        if (!_held)
            Break("touched while not held");
        else if (_wanted)
            Break("touched after a stop request");
    }

    [RequiresHeld, MayRevoke, Polls, NoThrow, NoOwnershipCheck("It is the device.")]
    public void WaitForInterrupt()
    {
        Write(0, 0);
        if (_held && Flip())
            Forget();
    }

    internal void DropIfHeld() => Forget();

    private void Take()
    {
        if (_held)
            Break("grabbed twice");
        _held = true;
    }
}

/// <summary>Owns one hold on the stack.</summary>
[ScopedOwnership]
public ref struct Scope
{
    private readonly Nic? _nic;
    private bool _over;

    public Scope(Nic nic) => _nic = nic;

    public readonly bool Granted { [NoThrow] get => _nic is not null; }

    [Releases, NoThrow, NoOwnershipCheck("It is the device.")]
    public void Release()
    {
        if (_over || _nic is null)
            Break("scope released twice");
        _nic?.Release();
        _over = true;
    }

    [Releases, NoThrow, NoOwnershipCheck("It is the device.")]
    public void Dispose()
    {
        if (!_over)
            _nic?.DropIfHeld();
        _over = true;
    }
}

/// <summary>What generated drivers are members of.</summary>
public partial class Driver
{
    public readonly Nic a = new(), b = new();
    private bool _flag;

    public void SetFlag(bool flag) => _flag = flag;
}
