using System.Numerics;
using Vpio.Abi;
using Vpio.Abi.Layout;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes;
using Vpio.Abi.Processes.Linux;

namespace Vpio.GuestDriver.Processes;

/// <summary>Makes hypercalls by the call slots: each call takes a slot that is free, the lowest, so that one that is warm is used again.</summary>
internal sealed class CallLine
{
    private const uint AllSlots = (1U << CallArea.SlotCount) - 1;

    private readonly SharedMapping _area;
    private readonly ControlLine _control;

    private readonly SpinBudget[] _budgets = [.. Enumerable.Range(0, CallArea.SlotCount).Select(_ => new SpinBudget())];

    [SharedWord]
    private uint _free = AllSlots;

    [SharedWord]
    private uint _served;

    /// <summary>Takes the slots of a call area.</summary>
    /// <param name="area">The area.</param>
    /// <param name="control">What has a slot served, and tells of the end.</param>
    /// <exception cref="PageProtocolException">The area is not what the ABI says it is.</exception>
    public CallLine(SharedMapping area, ControlLine control)
    {
        _area = area;
        _control = control;
        ref CallArea header = ref area.At<CallArea>();
        if (header.Magic != CallArea.MagicValue || header.Major != VpioVersion.Major || header.Slots != CallArea.SlotCount || header.SlotSizeBytes != CallSlot.Size)
            throw new PageProtocolException($"The call area begins with 0x{header.Magic:x8}, version {header.Major}.{header.Minor}, {header.Slots} slots of {header.SlotSizeBytes} bytes; this driver knows 0x{CallArea.MagicValue:x8}, version {VpioVersion.Major}, {CallArea.SlotCount} slots of {CallSlot.Size}.");
    }

    /// <summary>Makes a call.</summary>
    /// <param name="cmd">The operation.</param>
    /// <param name="argument">Its argument.</param>
    /// <returns>The status; <see cref="DeviceStatus.Denied"/> when the hypervisor has ended.</returns>
    public DeviceStatus Make(uint cmd, ref DeviceOpArgument argument)
    {
        int index = Take();
        ref CallSlot slot = ref CallArea.Slot(ref _area.At<CallArea>(), index);
        slot.Cmd = cmd;
        slot.Argument = argument;
        SlotTurnWords words = new(ref slot.Turn, ref slot.GuestAsleep, ref slot.HypervisorAsleep, ref _control.Ended, _budgets[index]);
        CallTurn.Pass(words, words.LoadTurn());
        EnsureServed(index);

        // The slot of a call that is never answered is not used again.
        if (CallTurn.Await(words, hypervisors: false) is null)
            return DeviceStatus.Denied;
        argument = slot.Argument;
        DeviceStatus status = unchecked((DeviceStatus)slot.Result);
        Interlocked.Or(ref _free, 1U << index);
        return status;
    }

    private int Take()
    {
        for (SpinWait spin = default; ;)
        {
            uint free = Volatile.Read(ref _free);
            if (free == 0)
            {
                if (Volatile.Read(ref _control.Ended) != 0)
                    return 0; // All are lost in calls that nobody answers: so will this one.
                spin.SpinOnce();
            }
            else if (Interlocked.CompareExchange(ref _free, free & (free - 1), free) == free)
            {
                return BitOperations.TrailingZeroCount(free);
            }
        }
    }

    private void EnsureServed(int index)
    {
        uint bit = 1U << index;
        if ((Volatile.Read(ref _served) & bit) == 0 && (Interlocked.Or(ref _served, bit) & bit) == 0)
            _control.Send(ControlKind.Serve, (uint)index);
    }
}
