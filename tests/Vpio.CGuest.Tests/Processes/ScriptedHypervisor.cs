using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes;
using Vpio.Abi.Processes.Linux;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Guests.Processes;
using Vpio.Hypervisor.Memory;
using Vpio.Jobs;
using Vpio.Tool.Jobs;
using Vpio.Tool.Run;

namespace Vpio.CGuest.Tests.Processes;

/// <summary>Plays the hypervisor of one process that runs the guest's program in C, lets it come as far as the test wants, and then ends, as far as the guest can see.</summary>
internal sealed class ScriptedHypervisor : IDisposable
{
    private const int MemoryBytes = 1 << 20;
    private const ulong Epoch = 7;

    private static readonly DomainId Id = new(1);
    private static readonly Generation First = new(1);

    private readonly SharedRegion _devicePage = new(DevicePage.Size, guestsWrite: false);
    private readonly SharedRegion _guestPage = new(GuestPage.Size, guestsWrite: true);
    private readonly SharedRegion _memory = new(MemoryBytes + JobWriting.BytesFor(null), guestsWrite: true);
    private readonly SharedRegion _area = new(CallArea.Size, guestsWrite: true);
    private readonly SharedRegion _window = new(NicRegister.WindowBytes, guestsWrite: true);
    private readonly uint[] _ended = GC.AllocateArray<uint>(1, pinned: true);
    private readonly Func<DeviceOp, DeviceStatus?> _answers;
    private readonly ControlSocket _socket;
    private readonly ChildProcess _guest;
    private readonly Thread _server;
    private uint _answered; // The call that was answered last, plus 1.

    /// <summary>Starts the guest.</summary>
    /// <param name="answers">What each call is answered with; null: it never is.</param>
    /// <param name="phase">How far the run is.</param>
    public ScriptedHypervisor(Func<DeviceOp, DeviceStatus?> answers, JobPhase phase = JobPhase.Sending)
    {
        _answers = answers;
        Head();
        End = new Domain0End(
            new JobMemory(new GuestMemory(_memory.Hypervisor.Start + MemoryBytes, (nint)JobWriting.BytesFor(null)), _memory),
            new GuestJob { Device = new DeviceIndex(0), Mac = new MacAddress(2), Rate = FrameRate.Max, RingEntries = 64, Receives = true });
        (_socket, ControlSocket there) = ControlSocket.MakePair();
        using (there)
            _guest = ChildProcess.Start(new GuestCommand(CProgram.FileName, []), there.Handle);
        _server = new Thread(Serve) { IsBackground = true };
        _server.Start();
        End.Enter(phase);
        new Thread(Attend) { IsBackground = true }.Start();
    }

    /// <summary>Gets domain 0's end of the guest's job.</summary>
    public Domain0End End { get; }

    /// <summary>Gets whether the guest sleeps on its call.</summary>
    public bool IsGuestAsleep => Volatile.Read(ref Slot.GuestAsleep) != 0 && CallTurn.IsHypervisors(Volatile.Read(ref Slot.Turn));

    /// <summary>Gets whether the guest's one thread sleeps, and not on a call.</summary>
    public bool IsGuestAsleepElsewhere => !CallTurn.IsHypervisors(Volatile.Read(ref Slot.Turn)) && File.ReadAllText($"/proc/{_guest.Id}/stat").Contains(") S ", StringComparison.Ordinal);

    /// <summary>Tells whether a call was the last that was answered.</summary>
    public bool HasAnswered(DeviceOp operation) => Volatile.Read(ref _answered) == (uint)operation + 1;

    /// <summary>Gets whether the guest has turned its receive ring on.</summary>
    public bool IsReceiveOffered => (Volatile.Read(ref _window.Hypervisor.At<uint>((int)NicRegister.Control)) & (uint)NicControl.RxEnable) != 0;

    private ref CallSlot Slot => ref CallArea.Slot(ref _area.Hypervisor.At<CallArea>(0), 0);

    /// <summary>Hangs up, as the kernel does when a hypervisor ends.</summary>
    /// <returns>How the guest ends then.</returns>
    public GuestExit Vanish()
    {
        _socket.HangUp();
        Task<GuestExit> end = Task.Factory.StartNew(() =>
        {
            _guest.Await(null);
            return _guest.Reap();
        }, TaskCreationOptions.LongRunning);
        if (end.Wait(JobGuest.Patience))
            return end.Result;
        _guest.End();
        Assert.Fail("The guest did not notice that its hypervisor has ended.");
        return default;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _ended[0], 1);
        Futex.WakeAll(ref _ended[0]);
        _server.Join();
        _guest.Dispose();
        _socket.Dispose();
        foreach (SharedRegion region in new[] { _devicePage, _guestPage, _memory, _area, _window })
            region.Close();
    }

    private void Head()
    {
        ref DevicePage page = ref _devicePage.Hypervisor.At<DevicePage>(0);
        page.Header.Magic = DevicePageHeader.MagicValue;
        page.Header.Major = VpioVersion.Major;
        page.Header.PageSizeBytes = DevicePage.Size;
        page.Header.SlotSizeBytes = DeviceSlot.Size;
        page.Header.SlotCount = DevicePage.SlotCount;
        page.Header.Epoch = Epoch;
        ref GuestPage guest = ref _guestPage.Hypervisor.At<GuestPage>(0);
        guest.Header.Magic = GuestPageHeader.MagicValue;
        guest.Header.Major = VpioVersion.Major;
        guest.Header.Epoch = Epoch;
        ref CallArea area = ref _area.Hypervisor.At<CallArea>(0);
        area.Magic = CallArea.MagicValue;
        area.Major = VpioVersion.Major;
        area.Slots = CallArea.SlotCount;
        area.SlotSizeBytes = CallSlot.Size;
    }

    private void Attend()
    {
        while (_socket.TryReceive(out ControlMessage message))
        {
            if ((ControlKind)message.Kind == ControlKind.Attach)
            {
                ControlMessage answer = message with { LengthBytes = MemoryBytes, ApplicationBytes = (ulong)(_memory.LengthBytes - MemoryBytes) };
                _socket.TrySend(in answer, [_devicePage.Descriptor, _guestPage.Descriptor, _memory.Descriptor, _area.Descriptor], waits: false);
            }
            else if ((ControlKind)message.Kind == ControlKind.Window)
            {
                ControlMessage answer = message with { LengthBytes = (ulong)_window.LengthBytes };
                _socket.TrySend(in answer, [_window.Descriptor], waits: false);
            }
        }
    }

    private void Serve()
    {
        SlotTurnWords words = new(ref Slot.Turn, ref Slot.HypervisorAsleep, ref Slot.GuestAsleep, ref _ended[0], new SpinBudget());
        while (CallTurn.Await(words, hypervisors: true) is { } turn && !words.HasEnded())
        {
            if (_answers((DeviceOp)Slot.Cmd) is not { } status)
                return;
            Answer((DeviceOp)Slot.Cmd, status);
            Slot.Result = unchecked((ulong)status);
            Volatile.Write(ref _answered, (uint)Slot.Cmd + 1);
            CallTurn.Pass(words, turn);
        }
    }

    private void Answer(DeviceOp operation, DeviceStatus status)
    {
        switch (operation)
        {
            case DeviceOp.Negotiate:
                ref NegotiateArgs negotiated = ref Unsafe.As<DeviceOpArgument, NegotiateArgs>(ref Slot.Argument);
                (negotiated.AgreedMajor, negotiated.DomainId, negotiated.Epoch) = (VpioVersion.Major, Id.Value, Epoch);
                break;
            case DeviceOp.Query:
                Unsafe.As<DeviceOpArgument, QueryArgs>(ref Slot.Argument).Class = (uint)DeviceClass.Network;
                break;
            case DeviceOp.Grab when status == DeviceStatus.Ok:
                Unsafe.As<DeviceOpArgument, GrabArgs>(ref Slot.Argument).Generation = First.Value;
                Volatile.Write(ref DevicePage.WritableSlot(ref _devicePage.Hypervisor.At<DevicePage>(0), new DeviceIndex(0)).State, new StateWord(DeviceState.Owned, Id, First).Value);
                break;
        }
    }
}
