using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Layout;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hypervisor.Hypercalls;

/// <summary>Is the one door of the hypervisor: every call of every kind of guest comes through here.</summary>
/// <remarks>Inputs are copied once, checked and used on the copy; outputs are written once, and only with success (no double fetch).</remarks>
internal static class HypercallDoor
{
    /// <summary>Takes a call.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="cmd">Which operation.</param>
    /// <param name="argument">The argument, in memory that the caller may change at any moment; may be a null reference.</param>
    /// <returns>The result of the call.</returns>
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
    internal static DeviceStatus Pass<TOperation, TArgs>(Guest caller, [GuestWritable] ref DeviceOpArgument argument)
        where TOperation : struct, IOperation<TArgs>
        where TArgs : unmanaged, IDeviceOpArgs
    {
        if (TOperation.Since > caller.Agreed.Minor)
            return DeviceStatus.NoSuchOperation;
        if (Unsafe.IsNullRef(ref argument))
            return DeviceStatus.BadAddress;

        DeviceOpArgument inputs = CopyIn(ref argument);
        if (!TOperation.Inputs.Covers(inputs))
            return DeviceStatus.Invalid;

        TArgs args = Unsafe.As<DeviceOpArgument, TArgs>(ref inputs);
        DeviceStatus status = TOperation.Execute(caller, ref args);
        if (status >= 0)
            CopyOut(ref args, ref argument);
        return status;
    }

    private static DeviceOpArgument CopyIn([GuestWritable] ref DeviceOpArgument argument) => new()
    {
        Input0 = Volatile.Read(ref argument.Input0),
        Input1 = Volatile.Read(ref argument.Input1),
        Input2 = Volatile.Read(ref argument.Input2),
        Input3 = Volatile.Read(ref argument.Input3),
    };

    private static void CopyOut<TArgs>(ref TArgs args, [GuestWritable] ref DeviceOpArgument argument)
        where TArgs : unmanaged
    {
        // SAFETY: both are structs of 128 bytes, of which the outputs are the last 96.
        ReadOnlySpan<byte> outputs = MemoryMarshal.AsBytes(new ReadOnlySpan<TArgs>(ref args))[DeviceOpArgument.InputSize..];
        outputs.CopyTo(MemoryMarshal.AsBytes(new Span<DeviceOpArgument>(ref argument))[DeviceOpArgument.InputSize..]);
    }
}
