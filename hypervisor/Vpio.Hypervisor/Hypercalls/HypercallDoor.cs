using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Layout;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hypervisor.Hypercalls;

/// <summary>Is the one door of the hypervisor: every call of every kind of guest comes through here.</summary>
/// <remarks>Inputs are copied once, checked and used on the copy; outputs are written once, and only with success (no double fetch).</remarks>
internal static class HypercallDoor
{
    // What the answers to most calls take; the rest is as it was zeroed.
    private const int WordsOfAnswer = 4;

    /// <summary>Takes a call.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="cmd">Which operation.</param>
    /// <param name="argument">The argument, in memory that the caller may change at any moment; may be a null reference.</param>
    /// <returns>The result of the call.</returns>
    [SkipLocalsInit]
    public static DeviceStatus Call(Guest caller, uint cmd, [GuestWritable] ref DeviceOpArgument argument)
    {
        // A sleep is no call under way: it touches nothing that can be taken away, and a stop ends it.
        if (cmd == (uint)DeviceOp.Wait)
            return caller.IsStopped ? DeviceStatus.Denied : Pass<WaitOperation, WaitArgs>(caller, ref argument);

        // ORDER full: the call is counted before the mark is looked at. Pairs with TMemory.Or in GuestMarks.Set.
        int counter = caller.Calls.Enter();
        try
        {
            if (caller.IsStopped)
                return DeviceStatus.Denied;
            return (DeviceOp)cmd switch
            {
                DeviceOp.Negotiate => Pass<NegotiateOperation, NegotiateArgs>(caller, ref argument),
                DeviceOp.GetState => Pass<GetStateOperation, GetStateArgs>(caller, ref argument),
                DeviceOp.Grab => Pass<GrabOperation, GrabArgs>(caller, ref argument),
                DeviceOp.Release => Pass<ReleaseOperation, ReleaseArgs>(caller, ref argument),
                DeviceOp.Cancel => Pass<CancelOperation, CancelArgs>(caller, ref argument),
                DeviceOp.Query => Pass<QueryOperation, QueryArgs>(caller, ref argument),
                DeviceOp.Map => Pass<MapOperation, MapArgs>(caller, ref argument),
                DeviceOp.Unmap => Pass<UnmapOperation, UnmapArgs>(caller, ref argument),
                _ => DeviceStatus.NoSuchOperation,
            };
        }
        finally
        {
            caller.Calls.Leave(counter);
        }
    }

    /// <summary>Lets a call through to its operation, on a private copy of its inputs.</summary>
    /// <typeparam name="TOperation">The operation.</typeparam>
    /// <typeparam name="TArgs">Its argument.</typeparam>
    /// <param name="caller">Who calls.</param>
    /// <param name="argument">The argument, as in <see cref="Call"/>.</param>
    /// <returns>The result of the call.</returns>
    [SkipLocalsInit]
    internal static DeviceStatus Pass<TOperation, TArgs>(Guest caller, [GuestWritable] ref DeviceOpArgument argument)
        where TOperation : struct, IOperation<TArgs>
        where TArgs : unmanaged, IDeviceOpArgs
    {
        if (TOperation.Since > caller.Agreed.Minor)
            return DeviceStatus.NoSuchOperation;
        if (Unsafe.IsNullRef(ref argument))
            return DeviceStatus.BadAddress;

        TArgs args = default;
        CopyIn(ref argument, ref args);
        if (!TOperation.Inputs.Covers(in Unsafe.As<TArgs, DeviceOpArgument>(ref args)))
            return DeviceStatus.Invalid;

        DeviceStatus status = TOperation.Execute(caller, ref args);
        if (status >= 0)
            CopyOut(ref args, ref argument);
        return status;
    }

    private static void CopyIn<TArgs>([GuestWritable] ref DeviceOpArgument argument, ref TArgs args)
        where TArgs : unmanaged
    {
        // Word by word, as it is read and written elsewhere: a load that is wider than the stores before it waits until they have left the store buffer.
        // SAFETY: both are structs of 128 bytes, of which the inputs are the first 32.
        ref DeviceOpArgument inputs = ref Unsafe.As<TArgs, DeviceOpArgument>(ref args);
        inputs.Input0 = Volatile.Read(ref argument.Input0);
        inputs.Input1 = Volatile.Read(ref argument.Input1);
        inputs.Input2 = Volatile.Read(ref argument.Input2);
        inputs.Input3 = Volatile.Read(ref argument.Input3);
    }

    private static void CopyOut<TArgs>(ref TArgs args, [GuestWritable] ref DeviceOpArgument argument)
        where TArgs : unmanaged
    {
        // SAFETY: both are structs of 128 bytes, of which the outputs are the last 96.
        ref ulong from = ref Unsafe.As<TArgs, DeviceOpArgument>(ref args).Output;
        ref ulong to = ref argument.Output;
        for (int i = 0; i < WordsOfAnswer; i++)
            Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
        Unsafe.As<ulong, Rest>(ref Unsafe.Add(ref to, WordsOfAnswer)) = Unsafe.As<ulong, Rest>(ref Unsafe.Add(ref from, WordsOfAnswer));
    }

    /// <summary>Is the outputs after those of most answers.</summary>
    [InlineArray(((DeviceOpArgument.Size - DeviceOpArgument.InputSize) / sizeof(ulong)) - WordsOfAnswer)]
    private struct Rest
    {
        private ulong _first;
    }
}
