using Iced.Intel;
using Vpio.Abi;
using Vpio.Abi.Machines;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes;
using Vpio.Jobs;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Sets the kept registers, and attaches the guest to its hypervisor and its device.</summary>
internal sealed class Attachment : Part
{
    private readonly Upcalls _upcalls;
    private readonly Hypercalls _calls;
    private readonly Receiver _receiver;

    /// <summary>Makes the part.</summary>
    public Attachment(MachineProgram program, Variables variables, Upcalls upcalls, Hypercalls calls, Receiver receiver)
        : base(program, variables)
    {
        _upcalls = upcalls;
        _calls = calls;
        _receiver = receiver;
        HasJob = Question();
        Attach = Subroutine();
    }

    /// <summary>Gets whether there is a job that this program knows. It is asked with the machine info in RDI, and sets the registers that need it alone.</summary>
    public Question HasJob { get; }

    /// <summary>Gets what sets the other registers by the machine info in RDI, agrees on everything with the hypervisor, and answers a status in RAX.</summary>
    public Subroutine Attach { get; }

    /// <inheritdoc/>
    public override void Write()
    {
        Write(HasJob, WriteHasJob);
        Write(Attach, WriteAttach);
    }

    private void WriteHasJob(Label yes, Label no)
    {
        Code.mov(Kept.TheJob, Info(nameof(MachineInfo.Application)));
        Code.cmp(Info(nameof(MachineInfo.ApplicationBytes)), (int)JobLayout.FirstRing);
        Code.jb(no);
        Code.mov(rax, JobLayout.MagicValue);
        Code.cmp(rax, JobField.Magic);
        Code.jne(no);
        Code.cmp(JobField.Version, JobLayout.VersionValue);
        Code.jne(no);
    }

    private void WriteAttach()
    {
        Label end = Later();
        CheckRoom(end);
        SetRegisters();
        CheckPages(end);
        _receiver.PostAll.Call(); // A ring that was never set up holds nothing, whatever the memory held before.
        Negotiate(end);
        _calls.Query.Call();
        EndUnlessOk(end);
        Code.mov(eax, (int)DeviceStatus.NoDevice);
        Demand(Hypercalls.Argument<QueryArgs>(nameof(QueryArgs.Class)), (long)DeviceClass.Network, end);
        _calls.Map.Call();
        Here(end);
        Code.movsxd(rax, eax);
    }

    private void CheckRoom(Label end)
    {
        Code.mov(eax, (int)DeviceStatus.NoDevice);
        Code.cmp(JobField.Device, DevicePage.SlotCount);
        Code.jae(end);
        Code.mov(eax, (int)DeviceStatus.NoMemory);
        Code.cmp(Info(nameof(MachineInfo.MemoryBytes)), RingMemory.Bytes);
        Code.jb(end);
    }

    private void SetRegisters()
    {
        Code.mov(rax, Info(nameof(MachineInfo.CallArea)));
        Code.add(rax, CallArea.SlotsOffset);
        Code.mov(Variables.CallSlot, rax);
        Code.mov(Kept.Memory, Info(nameof(MachineInfo.Memory)));
        Code.mov(eax, JobField.Device);
        Code.mul(Info(nameof(MachineInfo.WindowStrideBytes)));
        Code.add(rax, Info(nameof(MachineInfo.Windows)));
        Code.mov(Kept.Window, rax);
        Code.mov(eax, JobField.Device);
        Code.imul(rax, rax, DeviceSlot.Size);
        Code.add(rax, Info(nameof(MachineInfo.DevicePage)));
        Code.lea(Kept.Slot, __[rax + DevicePage.SlotsOffset]);
        Code.mov(rsi, Info(nameof(MachineInfo.DevicePage)));
        Code.mov(Variables.DevicePage, rsi);

        // From here on the upcall handler does its work, and what came before is taken now.
        Code.mov(Kept.Page, Info(nameof(MachineInfo.GuestPage)));
        _upcalls.Take.Call();
    }

    // The device page is at RSI. Sizes are constants of a major version; a page that states others is none.
    private void CheckPages(Label end)
    {
        Code.mov(eax, (int)DeviceStatus.Invalid);
        Demand(Field.Of<DevicePageHeader>(rsi, nameof(DevicePageHeader.Magic)), DevicePageHeader.MagicValue, end);
        Demand(Field.Of<GuestPageHeader>(Kept.Page, nameof(GuestPageHeader.Magic)), GuestPageHeader.MagicValue, end);
        Demand(Field.Of<DevicePageHeader>(rsi, nameof(DevicePageHeader.PageSizeBytes)), DevicePage.Size, end);
        Demand(Field.Of<DevicePageHeader>(rsi, nameof(DevicePageHeader.SlotSizeBytes)), DeviceSlot.Size, end);
        Demand(Field.Of<DevicePageHeader>(rsi, nameof(DevicePageHeader.SlotCount)), DevicePage.SlotCount, end);
        Code.mov(eax, (int)DeviceStatus.NotSupported);
        Demand(Field.Of<DevicePageHeader>(rsi, nameof(DevicePageHeader.Major)), VpioVersion.Major, end);
        Demand(Field.Of<GuestPageHeader>(Kept.Page, nameof(GuestPageHeader.Major)), VpioVersion.Major, end);
        Code.cmp(Shared.TscMul, 0); // This program keeps its rate and its naps by the hypervisor's clock.
        Code.je(end);
    }

    private void Negotiate(Label end)
    {
        _calls.Negotiate.Call();
        EndUnlessOk(end);
        Code.movzx(eax, Hypercalls.Argument<NegotiateArgs>(nameof(NegotiateArgs.DomainId)));
        Code.mov(Variables.DomainId, rax);
        Code.mov(eax, (int)DeviceStatus.NotSupported);
        Code.cmp(Hypercalls.Argument<NegotiateArgs>(nameof(NegotiateArgs.AgreedMinor)), VpioVersion.Minor);
        Code.ja(end);
        Code.mov(eax, (int)DeviceStatus.Invalid);
        Code.mov(rcx, Hypercalls.Argument<NegotiateArgs>(nameof(NegotiateArgs.Epoch)));
        Code.mov(rsi, Variables.DevicePage);
        Code.cmp(rcx, Field.Of<DevicePageHeader>(rsi, nameof(DevicePageHeader.Epoch)));
        Code.jne(end);
        Code.cmp(rcx, Field.Of<GuestPageHeader>(Kept.Page, nameof(GuestPageHeader.Epoch)));
        Code.jne(end);
    }

    private void Demand(AssemblerMemoryOperand field, long value, Label end)
    {
        Code.cmp(field, (int)value);
        Code.jne(end);
    }

    private void EndUnlessOk(Label end)
    {
        Code.test(rax, rax);
        Code.jnz(end);
    }

    private static AssemblerMemoryOperand Info(string name) => Field.Of<MachineInfo>(rdi, name);
}
