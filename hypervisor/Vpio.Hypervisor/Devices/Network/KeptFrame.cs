using Vpio.Abi.Network;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Is a frame that waits for guests: kept once, however many it is for, until the last of them has it.</summary>
/// <param name="pool">Where it goes back to.</param>
/// <remarks>Threads: any that holds it reads it; only who rented it writes it, before anybody else sees it.</remarks>
internal sealed class KeptFrame(FramePool pool)
{
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>((int)NicRegister.MaxFrameBytesValue);
    private int _lengthBytes;
    private int _holders;

    /// <summary>Gets or sets whether the device's thread took it out of the pool. The pool's to write.</summary>
    public bool IsDevices { get; set; }

    /// <summary>Gets whether it is addressed to a group.</summary>
    public bool ToGroup { get; private set; }

    /// <summary>Gets the frame.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _lengthBytes);

    /// <summary>Takes a copy of a frame, with the caller as its one holder.</summary>
    /// <param name="frame">The frame, at most 1,514 bytes.</param>
    /// <param name="toGroup">Whether it is addressed to a group.</param>
    public void Fill(ReadOnlySpan<byte> frame, bool toGroup)
    {
        frame.CopyTo(_bytes);
        _lengthBytes = frame.Length;
        ToGroup = toGroup;
        Volatile.Write(ref _holders, 1);
    }

    /// <summary>Holds it for one more; the caller holds it already, or keeps others from letting go.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Lets go of it: the last to do so gives it back, and nobody may look at it any more.</summary>
    public void LetGo()
    {
        // The only holder need not count itself out: nobody else is there to hold it for one more.
        // ORDER acquire: what the other holders did with it comes before what its next holder does. Pairs with Interlocked.Decrement in KeptFrame.LetGo.
        if (Volatile.Read(ref _holders) == 1 || Interlocked.Decrement(ref _holders) == 0)
            pool.GiveBack(this);
    }
}
