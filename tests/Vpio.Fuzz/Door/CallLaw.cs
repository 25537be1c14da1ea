using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Fuzz.Worlds;

namespace Vpio.Fuzz.Door;

/// <summary>Judges a hypercall by what <c>docs/abi.md</c> promises of any and of each operation.</summary>
internal static class CallLaw
{
    private const ulong All = ulong.MaxValue;
    private const ulong Half = uint.MaxValue;

    // The bits of the inputs that mean something, word by word, from the table of operations.
    private static readonly ulong[][] Inputs =
    [
        [Half, All, 0, 0],
        [Half, 0, 0, 0],
        [Half | (1UL << 32), 0, 0, 0],
        [Half, All, 0, 0],
        [Half, 0, 0, 0],
        [Half, 0, 0, 0],
        [All, All, All, 3],
        [All, All, 0, 0],
        [All, 0, 0, 0],
    ];

    /// <summary>Judges a call that was just made.</summary>
    /// <param name="call">The call.</param>
    /// <param name="law">How things stood before, and what follows.</param>
    public static void Judge(DoorCall call, DoorLaw law)
    {
        BrokenPromiseException.Unless(call.Result is >= int.MinValue and <= int.MaxValue && Enum.IsDefined((DeviceStatus)call.Result), "The set of results is closed", call.Result);
        DeviceStatus status = (DeviceStatus)call.Result;
        if (Refusal(call) is { } refusal)
            BrokenPromiseException.Unless(status == refusal, "What cannot be asked for is refused as the specification says", call.Cmd);
        if (status < 0)
            JudgeFailure(call, law);
        else
            JudgeSuccess(call, status, law);
    }

    private static DeviceStatus? Refusal(DoorCall call)
    {
        if (call.CallerWasStopped)
            return DeviceStatus.Denied;
        if (call.Cmd >= Inputs.Length)
            return DeviceStatus.NoSuchOperation;
        if (call.Place == ArgumentPlace.Nowhere)
            return DeviceStatus.BadAddress;
        for (int word = 0; word < 4; word++)
        {
            if ((call.Inputs[word] & ~Inputs[call.Cmd][word]) != 0)
                return DeviceStatus.Invalid;
        }

        return null;
    }

    private static void JudgeFailure(DoorCall call, DoorLaw law)
    {
        law.NothingChanged();

        // In its page a guest finds what the hypervisor raised meanwhile.
        if (call.Place != ArgumentPlace.GuestPage)
            BrokenPromiseException.Unless(call.IsAsWritten, "A call that fails writes nothing", call.Cmd);
    }

    private static void JudgeSuccess(DoorCall call, DeviceStatus status, DoorLaw law)
    {
        BrokenPromiseException.Unless(status == DeviceStatus.Ok || call.Op == DeviceOp.Grab, "Only a grab queues", call.Cmd);
        if (call.Place is ArgumentPlace.Apart or ArgumentPlace.Memory)
            BrokenPromiseException.Unless(call.HasItsInputs, "Inputs are not written", call.Cmd);
        DomainId caller = call.Caller.Guest.Id;
        DeviceIndex device = new((uint)call.Inputs[0]);
        switch (call.Op)
        {
            case DeviceOp.Negotiate:
                BrokenPromiseException.Unless((call.Output(48) & ~call.Inputs[1]) == 0, "No feature is on that was not asked for");
                break;
            case DeviceOp.GetState:
                DomainId shown = new StateWord(call.Output(32)).Owner;
                BrokenPromiseException.Unless(shown == caller || !shown.IsValid, "No other owner is shown", device.Value);
                break;
            case DeviceOp.Grab:
                law.Asked(caller, device);
                JudgeGrab(call, status, law.Has(device) ? call.Caller.Guest.AssignmentOf(device)!.Device.State : StateWord.Unused);
                break;
            case DeviceOp.Release:
                BrokenPromiseException.Unless(call.Inputs[1] == law.Before(device).Generation.Value && law.Before(device).IsHeld && law.Before(device).Owner == caller, "Only its owner releases a device", device.Value);
                break;
            case DeviceOp.Cancel:
                law.Gone(caller, device);
                break;
            case DeviceOp.Query:
                BrokenPromiseException.Unless(call.Output(64) == call.Caller.Address.Value, "A guest is told its own address", device.Value);
                break;
        }

        if (call.Op is DeviceOp.Release or DeviceOp.Cancel or DeviceOp.Map or DeviceOp.Unmap or DeviceOp.Wait)
            BrokenPromiseException.Unless(call.HasNoOutputs, "Outputs without a meaning are zero", call.Cmd);
    }

    private static void JudgeGrab(DoorCall call, DeviceStatus status, StateWord word)
    {
        if (status == DeviceStatus.Ok)
            BrokenPromiseException.Unless(word.IsHeldBy(call.Caller.Guest.Id, new Generation(call.Output(32))) && call.Output(32) <= Generation.Mask, "Who was granted a device owns it in the generation that it was told");
        else
            BrokenPromiseException.Unless(call.Inputs[0] >> 32 == GrabArgs.Queue, "Only who asks for that is queued");
    }
}
