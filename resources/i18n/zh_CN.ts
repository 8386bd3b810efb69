<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Answer</name>
    <message>
        <source>in</source>
        <translation>已加入</translation>
    </message>
    <message>
        <source>in, no receiving record</source>
        <translation>已加入，无收货记录</translation>
    </message>
    <message>
        <source>in, near expiry</source>
        <translation>已加入，近效期</translation>
    </message>
    <message>
        <source>no code needed</source>
        <translation>无需追溯码</translation>
    </message>
    <message>
        <source>drug chosen</source>
        <translation>已选药品</translation>
    </message>
    <message>
        <source>already in</source>
        <translation>已在本单</translation>
    </message>
    <message>
        <source>in a sale on hold</source>
        <translation>在挂单中</translation>
    </message>
    <message>
        <source>sold before</source>
        <translation>已售过</translation>
    </message>
    <message>
        <source>drug not known</source>
        <translation>药品未知</translation>
    </message>
    <message>
        <source>returned before</source>
        <translation>曾退货</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>not in: no ticket yet</source>
        <translation>未加入：还没有小票</translation>
    </message>
    <message>
        <source>in, not known if free</source>
        <translation>已加入，是否已售未知</translation>
    </message>
    <message>
        <source>not a trace code</source>
        <translation>不是追溯码</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>没读清</translation>
    </message>
    <message>
        <source>looked up</source>
        <translation>查码</translation>
    </message>
    <message>
        <source>tried</source>
        <translation>试扫</translation>
    </message>
    <message>
        <source>badge, signed in</source>
        <translation>工牌，已登录</translation>
    </message>
    <message>
        <source>badge, not enough</source>
        <translation>工牌，还需密码</translation>
    </message>
    <message>
        <source>badge, being enrolled</source>
        <translation>工牌，登记中</translation>
    </message>
    <message>
        <source>counter locked</source>
        <translation>收银台已锁定</translation>
    </message>
    <message>
        <source>payment code, taken</source>
        <translation>付款码，已采用</translation>
    </message>
    <message>
        <source>settlement slip</source>
        <translation>结算单</translation>
    </message>
    <message>
        <source>the till&apos;s receipt</source>
        <translation>收银小票</translation>
    </message>
    <message>
        <source>person shown</source>
        <translation>出示的证件</translation>
    </message>
    <message>
        <source>failed, scan again</source>
        <translation>失败，请重扫</translation>
    </message>
    <message>
        <source>settled elsewhere</source>
        <translation>已在他处结算</translation>
    </message>
    <message>
        <source>not in: the manager first</source>
        <translation>未加入，先请店长</translation>
    </message>
</context>
<context>
    <name>Approval</name>
    <message>
        <source>The same box was scanned three times: %1</source>
        <translation>同一盒扫过三次了：%1</translation>
    </message>
    <message>
        <source>Put a sold box back on the shelf (撤销): %1</source>
        <translation>撤销，已售药盒放回货架：%1</translation>
    </message>
    <message>
        <source>Sell boxes without a code: %1</source>
        <translation>无码盒可卖：%1</translation>
    </message>
    <message>
        <source>Take payment although: %1</source>
        <translation>仍要收款：%1</translation>
    </message>
    <message>
        <source>%1 boxes</source>
        <translation>%1 盒</translation>
    </message>
    <message>
        <source>Post the differences of a stock-take: %1 boxes</source>
        <translation>盘点差异过账：%1 盒</translation>
    </message>
    <message>
        <source>%2: %1 boxes</source>
        <translation>%2：%1 盒</translation>
    </message>
    <message>
        <source>Change the settings</source>
        <translation>修改设置</translation>
    </message>
    <message>
        <source>Change who works here</source>
        <translation>修改人员</translation>
    </message>
    <message>
        <source>Import a drug list</source>
        <translation>导入药品目录</translation>
    </message>
    <message>
        <source>Add or change a drug by hand</source>
        <translation>手工新增或修改商品</translation>
    </message>
    <message>
        <source>End a recall: its boxes sell again</source>
        <translation>结束召回，恢复销售</translation>
    </message>
    <message>
        <source>Sell below the catalogue&apos;s price</source>
        <translation>低于零售价销售</translation>
    </message>
    <message>
        <source>Open the register: names and identity numbers</source>
        <translation>打开专册：显示姓名和身份证号</translation>
    </message>
    <message>
        <source>Sell above the catalogue&apos;s price</source>
        <translation>高于零售价销售</translation>
    </message>
    <message>
        <source>Checked in person, code cannot be read</source>
        <translation>已当面核对，码扫不出</translation>
    </message>
    <message>
        <source>Customer waits, written down on paper</source>
        <translation>顾客在等，已手工登记</translation>
    </message>
    <message>
        <source>Customer was told and agrees</source>
        <translation>已告知顾客，顾客同意</translation>
    </message>
    <message>
        <source>Scanned again by mistake</source>
        <translation>误扫</translation>
    </message>
    <message>
        <source>Another box carries the same code</source>
        <translation>另一盒印着同样的码</translation>
    </message>
    <message>
        <source>Sold by mistake, box never left the counter</source>
        <translation>开错单，药盒没离开柜台</translation>
    </message>
    <message>
        <source>Boxes and proof of purchase checked</source>
        <translation>已核对实物和购进凭证</translation>
    </message>
    <message>
        <source>On the manager&apos;s order</source>
        <translation>店长安排</translation>
    </message>
    <message>
        <source>Other (write below)</source>
        <translation>其他（请在下面写明）</translation>
    </message>
    <message>
        <source>Counted twice, it is so</source>
        <translation>盘过两遍，属实</translation>
    </message>
    <message>
        <source>Book error found</source>
        <translation>查出账目错误</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Broken or dirty</source>
        <translation>破损或污染</translation>
    </message>
    <message>
        <source>Quality problem</source>
        <translation>质量问题</translation>
    </message>
    <message>
        <source>Lost, looked for twice</source>
        <translation>找过两遍，确已丢失</translation>
    </message>
    <message>
        <source>Taken as a sample</source>
        <translation>抽检取样</translation>
    </message>
    <message>
        <source>Agreed with the other side</source>
        <translation>已与对方核对</translation>
    </message>
    <message>
        <source>Nothing waits for an approval.</source>
        <translation>没有等待审批的事项。</translation>
    </message>
    <message>
        <source>Choose or write a reason first.</source>
        <translation>请先选择或写明理由。</translation>
    </message>
    <message>
        <source>The reason holds a person&apos;s number: leave that out.</source>
        <translation>理由里有个人号码，请删掉。</translation>
    </message>
    <message>
        <source>It has changed meanwhile. Nothing was done; ask once more.</source>
        <translation>情况已变，未执行，请重新申请。</translation>
    </message>
    <message>
        <source>Who asks cannot approve: another person has to.</source>
        <translation>申请人不能审批自己，请换一个人。</translation>
    </message>
    <message>
        <source>This person&apos;s role may not approve it: ask the manager.</source>
        <translation>此人岗位不能审批，请找店长。</translation>
    </message>
    <message>
        <source>Number or PIN is wrong: again.</source>
        <translation>编号或密码不对，请重输。</translation>
    </message>
    <message>
        <source>Too many wrong PINs: this number is locked for a while.</source>
        <translation>密码错误太多，该编号已暂时锁定。</translation>
    </message>
    <message>
        <source>Not approved: nothing was done.</source>
        <translation>未获审批，没有执行。</translation>
    </message>
    <message>
        <source>Badge read. Type the PIN now.</source>
        <translation>已读到工牌，请输入密码。</translation>
    </message>
    <message>
        <source>The settlement is being asked: wait a moment.</source>
        <translation>正在结算，请稍等。</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>需要审批</translation>
    </message>
    <message>
        <source>More about the reason (optional)</source>
        <translation>补充说明（可不填）</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Not now (Esc)</source>
        <translation>暂不（Esc）</translation>
    </message>
    <message>
        <source>Approve (Enter)</source>
        <translation>同意（Enter）</translation>
    </message>
    <message>
        <source>%1 asks for it.</source>
        <translation>申请人：%1。</translation>
    </message>
    <message>
        <source>✕ Nobody here may approve this. Add a manager under Settings, People.</source>
        <translation>✕ 没有人能审批。请在“设置—人员”里添加店长。</translation>
    </message>
    <message>
        <source>✕ Who approves? Click the name, or type the number left of it.</source>
        <translation>✕ 谁来复核？点一下名字，或在左边输编号。</translation>
    </message>
    <message>
        <source>✕ Number and PIN are needed.</source>
        <translation>✕ 请填写编号和密码。</translation>
    </message>
</context>
<context>
    <name>Ask</name>
    <message>
        <source>Name, pinyin initials or barcode</source>
        <translation>名称、拼音首字母或条码</translation>
    </message>
    <message>
        <source>Second person&apos;s number</source>
        <translation>复核人工号</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Put this box aside</source>
        <translation>这盒先放一边</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>生产批号</translation>
    </message>
    <message>
        <source>Made on</source>
        <translation>生产日期</translation>
    </message>
    <message>
        <source>Expires on</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Keep lot (Enter)</source>
        <translation>保存批号（Enter）</translation>
    </message>
    <message>
        <source>Settled by which insurance?</source>
        <translation>用哪种医保结算？</translation>
    </message>
    <message>
        <source>Press its digit; Enter takes the marked one.</source>
        <translation>按数字选择；Enter 选带框的一种。</translation>
    </message>
    <message>
        <source>Settlement number of the insurance terminal</source>
        <translation>医保终端的结算编号</translation>
    </message>
    <message>
        <source>Visit number (if it is told)</source>
        <translation>就诊编号（有就填）</translation>
    </message>
    <message>
        <source>Fund</source>
        <translation>统筹基金</translation>
    </message>
    <message>
        <source>Settle (Enter)</source>
        <translation>结算（Enter）</translation>
    </message>
    <message>
        <source>The customer pays</source>
        <translation>个人现金支付</translation>
    </message>
    <message>
        <source>Nothing is settled yet. Esc: back to the sale.</source>
        <translation>尚未结算。Esc 返回销售。</translation>
    </message>
    <message>
        <source>Personal account</source>
        <translation>个人账户</translation>
    </message>
    <message>
        <source>Mutual account</source>
        <translation>共济账户</translation>
    </message>
    <message>
        <source>%1 ¥%2: so it would be split</source>
        <translation>%1 ¥%2：预结算</translation>
    </message>
    <message>
        <source>of it ¥%1 beside the insurance, self-paid</source>
        <translation>其中医保外自费 ¥%1</translation>
    </message>
    <message>
        <source>insured in another area</source>
        <translation>异地参保</translation>
    </message>
    <message>
        <source>Own cash</source>
        <translation>个人现金</translation>
    </message>
    <message>
        <source>Pay with it (Enter)</source>
        <translation>按此收款（Enter）</translation>
    </message>
    <message>
        <source>%1 ¥%2: as the insurance&apos;s slip says</source>
        <translation>%1 ¥%2，照医保结算单填写：</translation>
    </message>
    <message>
        <source>✕ That slip is of sale %1, not of this one.</source>
        <translation>✕ 这张结算单是 %1 的，不是本单的。</translation>
    </message>
    <message>
        <source>Only digits and letters, as on the slip.</source>
        <translation>只填数字和字母，照结算单上的写。</translation>
    </message>
    <message>
        <source>This is no sum of money.</source>
        <translation>这不是金额。</translation>
    </message>
    <message>
        <source>Left open, the split is printed as not known.</source>
        <translation>分担不填，小票印“以医保结算单为准”。</translation>
    </message>
    <message>
        <source>¥%1 lacks.</source>
        <translation>还差 ¥%1。</translation>
    </message>
    <message>
        <source>¥%1 too much.</source>
        <translation>多了 ¥%1。</translation>
    </message>
    <message>
        <source>✓ It comes to the whole sum.</source>
        <translation>✓ 合计相符。</translation>
    </message>
    <message>
        <source>Not in the list: add it (Alt+N)</source>
        <translation>目录里没有：手工新增（Alt+N）</translation>
    </message>
    <message>
        <source>Which drug is %1?</source>
        <translation>%1 是哪个药？</translation>
    </message>
    <message>
        <source>On the box of %1:</source>
        <translation>请照“%1”的药盒填：</translation>
    </message>
    <message>
        <source>The lot is missing.</source>
        <translation>还差批号。</translation>
    </message>
    <message>
        <source>The production date is not a date.</source>
        <translation>请填生产日期，如 2026-01-31。</translation>
    </message>
    <message>
        <source>The expiry must be a date after production.</source>
        <translation>有效期要晚于生产日期，请再看看药盒。</translation>
    </message>
    <message>
        <source>Fill in the next field.</source>
        <translation>请接着填这一项。</translation>
    </message>
    <message>
        <source>A second person approves:</source>
        <translation>请同事复核放行：</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>拆零数量</translation>
    </message>
    <message>
        <source>Sell these units (Enter)</source>
        <translation>按此数量拆零（Enter）</translation>
    </message>
    <message>
        <source>How many units of %1?</source>
        <translation>%1：拆零卖几个？</translation>
    </message>
    <message>
        <source>How many units more of %1?</source>
        <translation>%1：再卖几个最小单位？</translation>
    </message>
    <message>
        <source>%1 left in this box</source>
        <translation>这盒还剩%1</translation>
    </message>
    <message>
        <source>✕ A number from 1 to %1.</source>
        <translation>✕ 请输入1到%1之间的数。</translation>
    </message>
    <message>
        <source>The 20 characters printed on the box</source>
        <translation>盒上印的20位追溯码</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>再输入一遍</translation>
    </message>
    <message>
        <source>Type the code of a box that does not scan:</source>
        <translation>扫不出的盒子，手工录入追溯码：</translation>
    </message>
    <message>
        <source>Take it (Enter)</source>
        <translation>录入（Enter）</translation>
    </message>
    <message>
        <source>Typed codes are marked as typed in the records.</source>
        <translation>手工录入的码会在记录里标明“手工录入”。</translation>
    </message>
    <message>
        <source>✕ A code has 20 characters; these are %1.</source>
        <translation>✕ 追溯码是20位，现在是%1位。</translation>
    </message>
    <message>
        <source>✕ The two are not the same. Type it once more.</source>
        <translation>✕ 两遍不一致，请再输入一遍。</translation>
    </message>
    <message>
        <source>Your number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Who works at this counter now?</source>
        <translation>现在由谁在本台收银？</translation>
    </message>
    <message>
        <source>Sign in (Enter)</source>
        <translation>登录（Enter）</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Order number: scan or type it</source>
        <translation>订单号：扫码或输入</translation>
    </message>
    <message>
        <source>Which online order is this sale for?</source>
        <translation>本单对应哪个网络订单？</translation>
    </message>
    <message>
        <source>↑ ↓ platform · Enter keeps · empty: no online order</source>
        <translation>↑ ↓ 换平台 · Enter 保存 · 留空：不是网络订单</translation>
    </message>
    <message>
        <source>✕ That looks like a payment code. Type the number.</source>
        <translation>✕ 看起来是付款码。若确是订单号，请手工输入。</translation>
    </message>
    <message>
        <source>✕ That is a box. Scan the order&apos;s slip, or press Esc.</source>
        <translation>✕ 这是药盒。请扫订单条码，或按 Esc 退出。</translation>
    </message>
    <message>
        <source>✕ That is no order number.</source>
        <translation>✕ 这不是订单号。</translation>
    </message>
    <message>
        <source>Scanned. Enter keeps it.</source>
        <translation>已扫到。按 Enter 保存。</translation>
    </message>
    <message>
        <source>Checked by (or signs)</source>
        <translation>复核人工号（可空）</translation>
    </message>
    <message>
        <source>✕ Number and PIN of the second person.</source>
        <translation>✕ 请输复核人的工号和密码。</translation>
    </message>
    <message>
        <source>Scan your badge, or number and PIN</source>
        <translation>扫工牌，或输入编号和密码</translation>
    </message>
    <message>
        <source>Add it and take this box (Enter)</source>
        <translation>新增并收下这盒（Enter）</translation>
    </message>
    <message>
        <source>Add the drug of %1 by hand:</source>
        <translation>手工新增 %1 的商品：</translation>
    </message>
    <message>
        <source>As printed on the box; the office tells the rest.</source>
        <translation>照盒上印的填；其余由办公室补全。</translation>
    </message>
    <message>
        <source>Price of one: 19.80, 9折, 90% or -2</source>
        <translation>每件价格：19.80、9折、90% 或 -2</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Change it (Enter)</source>
        <translation>改价 Enter</translation>
    </message>
    <message>
        <source>%1: ¥%2 each by the list</source>
        <translation>%1：原价每件 ¥%2</translation>
    </message>
    <message>
        <source>This is no price.</source>
        <translation>这不是价格。</translation>
    </message>
    <message>
        <source>Left open: the price by the list.</source>
        <translation>不填就是原价。</translation>
    </message>
    <message>
        <source>¥%1 × %2 = ¥%3</source>
        <translation>¥%1 × %2 = ¥%3</translation>
    </message>
    <message>
        <source>Choose or write a reason first.</source>
        <translation>请先选一个或写一个原因。</translation>
    </message>
    <message>
        <source>Expires soon</source>
        <translation>近效期</translation>
    </message>
    <message>
        <source>Box is damaged</source>
        <translation>包装破损</translation>
    </message>
    <message>
        <source>Label said so</source>
        <translation>标签价不符</translation>
    </message>
    <message>
        <source>The store&apos;s offer</source>
        <translation>店内活动</translation>
    </message>
    <message>
        <source>Scan the card or code, or type the number</source>
        <translation>扫描证件或医保码，或输入号码</translation>
    </message>
    <message>
        <source>Name on the card</source>
        <translation>证件上的姓名</translation>
    </message>
    <message>
        <source>Go on (Enter)</source>
        <translation>继续（Enter）</translation>
    </message>
    <message>
        <source>Not this person</source>
        <translation>不是此人</translation>
    </message>
    <message>
        <source>Whose identity card?</source>
        <translation>请出示购买人身份证</translation>
    </message>
    <message>
        <source>Whose card or insurance code?</source>
        <translation>请出示证件或医保码</translation>
    </message>
    <message>
        <source>Kept sealed; the screen and paper show it masked.</source>
        <translation>加密保存；屏幕和单据上只显示脱敏后的内容。</translation>
    </message>
    <message>
        <source>Now the name on the card, then Enter.</source>
        <translation>再输入证件上的姓名，按 Enter。</translation>
    </message>
    <message>
        <source>Look at what was bought before; Enter goes on.</source>
        <translation>请看此前的购买记录；按 Enter 继续。</translation>
    </message>
    <message>
        <source>✕ Scan the card, or type its number. Esc leaves.</source>
        <translation>✕ 请扫描证件或输入号码。Esc 离开。</translation>
    </message>
    <message>
        <source>✕ The register needs the name on the card.</source>
        <translation>✕ 专册登记需要证件上的姓名。</translation>
    </message>
    <message>
        <source>Is it the insured person herself?</source>
        <translation>人证相符？来的是参保人本人吗？</translation>
    </message>
    <message>
        <source>Herself (Enter)</source>
        <translation>本人（Enter）</translation>
    </message>
    <message>
        <source>Name of the one who fetches</source>
        <translation>代购人姓名</translation>
    </message>
    <message>
        <source>Look at the photo of the card; press a digit.</source>
        <translation>核对证件照片，按数字键选择。</translation>
    </message>
    <message>
        <source>%1: type the name, then Enter.</source>
        <translation>%1代购：输入代购人姓名，按 Enter。</translation>
    </message>
    <message>
        <source>✕ Type the name, without digits.</source>
        <translation>✕ 请输入姓名，不含数字。</translation>
    </message>
    <message>
        <source>Prescription number</source>
        <translation>处方编号</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>开具日期</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>医疗机构</translation>
    </message>
    <message>
        <source>Its area (6 digits)</source>
        <translation>统筹区（6 位）</translation>
    </message>
    <message>
        <source>Prescriber</source>
        <translation>开方医师</translation>
    </message>
    <message>
        <source>Diagnosis (sealed)</source>
        <translation>诊断（加密保存）</translation>
    </message>
    <message>
        <source>Reviewed by (number)</source>
        <translation>审核（人员编号）</translation>
    </message>
    <message>
        <source>Dispensed by</source>
        <translation>调配</translation>
    </message>
    <message>
        <source>Checked by</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>Electronic (Alt+E)</source>
        <translation>电子（Alt+E）</translation>
    </message>
    <message>
        <source>Keep it (Enter)</source>
        <translation>登记（Enter）</translation>
    </message>
    <message>
        <source>Prescription for this sale</source>
        <translation>本单的处方</translation>
    </message>
    <message>
        <source>As it stands on the paper. Enter leads on, Esc leaves.</source>
        <translation>按处方原样填写。Enter 下一项，Esc 离开。</translation>
    </message>
    <message>
        <source>%1 (%2 left)</source>
        <translation>%1（还剩 %2）</translation>
    </message>
    <message>
        <source>Known here. What is left stands at each drug.</source>
        <translation>已登记过。每种药还剩多少，写在药名后面。</translation>
    </message>
    <message>
        <source>Known here, and used up.</source>
        <translation>已登记过，已用完。</translation>
    </message>
    <message>
        <source>✕ That is a person&apos;s code, no prescription number.</source>
        <translation>✕ 这是个人的码，不是处方编号。</translation>
    </message>
    <message>
        <source>✕ That is no prescription number.</source>
        <translation>✕ 这不是处方编号。</translation>
    </message>
    <message>
        <source>Scanned. Enter: a paper&apos;s number. Alt+E: electronic.</source>
        <translation>已扫码。纸质处方按 Enter，电子处方按 Alt+E。</translation>
    </message>
    <message>
        <source>✕ This picture cannot be read, or is larger than 8 MB.</source>
        <translation>✕ 图片读不了，或大于 8 MB。</translation>
    </message>
    <message>
        <source>✓ %1 (Alt+P)</source>
        <translation>✓ %1（Alt+P）</translation>
    </message>
    <message>
        <source>Picture (Alt+P)</source>
        <translation>图片（Alt+P）</translation>
    </message>
    <message>
        <source>✕ Scan the code of the electronic prescription first.</source>
        <translation>✕ 先扫电子处方的码。</translation>
    </message>
    <message>
        <source>Picture of the prescription</source>
        <translation>处方图片</translation>
    </message>
    <message>
        <source>Pictures (*.jpg *.jpeg *.png *.pdf)</source>
        <translation>图片 (*.jpg *.jpeg *.png *.pdf)</translation>
    </message>
    <message>
        <source>Packs of %1</source>
        <translation>%1 的盒数</translation>
    </message>
    <message>
        <source>Certified disease, by its code</source>
        <translation>认定病种（编码）</translation>
    </message>
    <message>
        <source>Note it (Enter)</source>
        <translation>记下（Enter）</translation>
    </message>
    <message>
        <source>As the insurance&apos;s terminal shows it. It holds for this sale only.</source>
        <translation>照医保终端显示的填；只用于本单。</translation>
    </message>
    <message>
        <source>✕ A code of letters and digits, such as M01600.</source>
        <translation>✕ 填字母和数字的编码，例如 M01600。</translation>
    </message>
</context>
<context>
    <name>Assistant</name>
    <message>
        <source>Set up this counter</source>
        <translation>设置这台收银台</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Training instead (Esc)</source>
        <translation>先用培训模式（Esc）</translation>
    </message>
    <message>
        <source>The two PINs are not the same.</source>
        <translation>两次输入的密码不一样。</translation>
    </message>
    <message>
        <source>1 of 7  Which store is this?</source>
        <translation>1/7  这是哪家门店？</translation>
    </message>
    <message>
        <source>2 of 7  Which counter, and who works here?</source>
        <translation>2/7  几号收银台，谁在收银？</translation>
    </message>
    <message>
        <source>3 of 7  Which scanner? Try a scan now.</source>
        <translation>3/7  用哪把扫码枪？现在扫一下试试。</translation>
    </message>
    <message>
        <source>4 of 7  Where do receipts go?</source>
        <translation>4/7  小票打到哪里？</translation>
    </message>
    <message>
        <source>5 of 7  Where are codes uploaded?</source>
        <translation>5/7  追溯码传到哪里？</translation>
    </message>
    <message>
        <source>A scanner that types like a keyboard needs nothing here: leave the port empty and scan. A port is for scanners on a serial line.</source>
        <translation>像键盘一样打字的扫码枪（多数都是）这里什么都不用填：串口留空，直接扫。串口扫码枪才选串口。</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始使用</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>✓ The scanner works. It sent: %1</source>
        <translation>✓ 扫码枪正常，读到：%1</translation>
    </message>
    <message>
        <source>PIN of this person, who is the manager (店长)</source>
        <translation>此人为店长，设密码</translation>
    </message>
    <message>
        <source>The same PIN again</source>
        <translation>再输一次密码</translation>
    </message>
    <message>
        <source>Print a test page</source>
        <translation>打一张测试页</translation>
    </message>
    <message>
        <source>The drug list comes from your ERP as CSV or XLSX; columns are found by their names. Without it every box would be a question.</source>
        <translation>商品目录从 ERP 导出，CSV 或 XLSX 都行，列名自动认。没有目录，每盒药都要问一遍。</translation>
    </message>
    <message>
        <source>The page shows the width, the characters and a barcode. When nothing comes out, look at the printer&apos;s paper, cable and address (settings, printer).</source>
        <translation>测试页上有纸宽、汉字和条码。没有打出来就看纸、线和打印机地址（设置 → 打印机）。</translation>
    </message>
    <message>
        <source>7 of 7  Does the printer print?</source>
        <translation>7/7  小票能打出来吗？</translation>
    </message>
    <message>
        <source>6 of 7  Which drugs does this shop have?</source>
        <translation>6/7  店里有哪些药？</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成，开始用</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再导入</translation>
    </message>
    <message>
        <source>Printing …</source>
        <translation>正在打印…</translation>
    </message>
    <message>
        <source>✓ Printed: %1</source>
        <translation>✓ 打好了：%1</translation>
    </message>
    <message>
        <source>! No printer is chosen: receipts are not printed.</source>
        <translation>! 没有选打印机：不打小票。</translation>
    </message>
</context>
<context>
    <name>Camera</name>
    <message>
        <source>no camera is connected</source>
        <translation>未连接摄像头</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Lay all boxes into the picture, then Enter.</source>
        <translation>把所有药盒放进画面，然后按 Enter。</translation>
    </message>
    <message>
        <source>Take (Enter)</source>
        <translation>拍照（Enter）</translation>
    </message>
    <message>
        <source>The camera does not work: %1</source>
        <translation>摄像头出错：%1</translation>
    </message>
    <message>
        <source>its optional part, “camera”, is not installed</source>
        <translation>未安装摄像头组件</translation>
    </message>
</context>
<context>
    <name>Catalogue</name>
    <message>
        <source>Name, pinyin initials, item code or barcode; or scan a box</source>
        <translation>输入名称、拼音首字母、商品编码或条码，也可以扫药盒</translation>
    </message>
    <message>
        <source>Import drug list…</source>
        <translation>导入商品目录…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Item code</source>
        <translation>商品编码</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>商品名称</translation>
    </message>
    <message>
        <source>Spec</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>Maker</source>
        <translation>生产企业</translation>
    </message>
    <message>
        <source>Barcode</source>
        <translation>商品条码</translation>
    </message>
    <message>
        <source>Identification</source>
        <translation>药品标识码</translation>
    </message>
    <message>
        <source>Rx</source>
        <translation>处方</translation>
    </message>
    <message>
        <source>Insurance</source>
        <translation>医保</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>零售价</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>No drug found. Try fewer letters, or import the drug list.</source>
        <translation>没找到。少输几个字试试，或导入商品目录。</translation>
    </message>
    <message>
        <source>Open (Enter)</source>
        <translation>打开（Enter）</translation>
    </message>
    <message>
        <source>That code belongs to no drug of the list.</source>
        <translation>商品目录里没有这个码的药。</translation>
    </message>
    <message>
        <source>Nothing to be completed; F5 shows all drugs.</source>
        <translation>没有待补全的商品；F5 看全部。</translation>
    </message>
    <message>
        <source>To be completed: %1 (F5)</source>
        <translation>未补全：%1（F5）</translation>
    </message>
    <message>
        <source>%1 drugs</source>
        <translation>%1 种商品</translation>
    </message>
    <message>
        <source>%1 (to be completed)</source>
        <translation>%1（待补全）</translation>
    </message>
    <message>
        <source>Drug list</source>
        <translation>商品目录</translation>
    </message>
    <message>
        <source>Tables (*.csv *.txt *.xlsx)</source>
        <translation>表格 (*.csv *.txt *.xlsx)</translation>
    </message>
    <message>
        <source>! %1 “%2” is not known: taken as %3 (%4 rows).</source>
        <translation>! %1“%2”不认识，先按%3（%4 行），请核对。</translation>
    </message>
    <message>
        <source>%1 rows read …</source>
        <translation>已读 %1 行……</translation>
    </message>
    <message>
        <source>%1 rows: %2 new, %3 changed, %4 not taken.</source>
        <translation>共 %1 行：新增 %2，更新 %3，未导入 %4。</translation>
    </message>
    <message>
        <source>Three-code map</source>
        <translation>三码映射</translation>
    </message>
</context>
<context>
    <name>Checkout</name>
    <message>
        <source>Scan, or type name, pinyin initials, barcode (F1)</source>
        <translation>扫码，或输入名称、拼音首字母、条码（F1）</translation>
    </message>
    <message>
        <source>Not added</source>
        <translation>没有新增</translation>
    </message>
    <message>
        <source>Not paid</source>
        <translation>未收款</translation>
    </message>
    <message>
        <source>Settling</source>
        <translation>结算中</translation>
    </message>
    <message>
        <source>The insurance settlement is being asked.</source>
        <translation>正在办理医保结算。</translation>
    </message>
    <message>
        <source>Scans are kept for the next customer.</source>
        <translation>现在扫的码会留给下一位顾客。</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>The insurance is asked how it would split this sale.</source>
        <translation>正在向医保预结算。</translation>
    </message>
    <message>
        <source>Nothing is settled yet. Esc: back to the sale.</source>
        <translation>尚未结算。Esc 返回销售。</translation>
    </message>
    <message>
        <source>Line down</source>
        <translation>断网</translation>
    </message>
    <message>
        <source>The line to the insurance is down: nothing can be settled now.</source>
        <translation>断网不能医保结算。</translation>
    </message>
    <message>
        <source>F3: the customer pays. F4: put aside until the line is back. F2 again tries it.</source>
        <translation>F3 改自费，F4 挂单等线路恢复，再按 F2 重试。</translation>
    </message>
    <message>
        <source>%1 ¥%2, beside it self-paid ¥%3.</source>
        <translation>%1 ¥%2，另自费 ¥%3。</translation>
    </message>
    <message>
        <source>Not printed</source>
        <translation>没打出来</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>没存上</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Taken out: %1</source>
        <translation>已撤下：%1</translation>
    </message>
    <message>
        <source>Not kept</source>
        <translation>没有登记</translation>
    </message>
    <message>
        <source>Prescription</source>
        <translation>处方</translation>
    </message>
    <message>
        <source>Prescription %1 is kept; this sale is sold on it.</source>
        <translation>处方 %1 已登记，本单按它销售。</translation>
    </message>
    <message>
        <source>F2 or F3 goes on to the payment.</source>
        <translation>按 F2 或 F3 继续付款。</translation>
    </message>
    <message>
        <source>Prescription off</source>
        <translation>已取下处方</translation>
    </message>
    <message>
        <source>The sale is not sold on prescription %1 any more; it stays kept.</source>
        <translation>本单不再按处方 %1 销售；处方仍在登记中。</translation>
    </message>
    <message>
        <source>Nothing there</source>
        <translation>没有了</translation>
    </message>
    <message>
        <source>This sale has no prescription.</source>
        <translation>本单没有处方。</translation>
    </message>
    <message>
        <source>Nobody here has the number %1.</source>
        <translation>本店没有编号为 %1 的人员。</translation>
    </message>
    <message>
        <source>Press Ctrl+Q and type the number of a pharmacist of this store.</source>
        <translation>按 Ctrl+Q，输入本店药师的编号。</translation>
    </message>
    <message>
        <source>The drug list does not have %1.</source>
        <translation>药品目录中没有 %1。</translation>
    </message>
    <message>
        <source>Press Ctrl+Q and type its item code or barcode.</source>
        <translation>按 Ctrl+Q，输入商品编码或条码。</translation>
    </message>
    <message>
        <source>No drug of the prescription was told.</source>
        <translation>没有说明处方上的药品。</translation>
    </message>
    <message>
        <source>Scan the prescription drug first, then press Ctrl+Q.</source>
        <translation>先扫处方药，再按 Ctrl+Q。</translation>
    </message>
    <message>
        <source>The electronic prescription is being looked up.</source>
        <translation>正在查电子处方。</translation>
    </message>
    <message>
        <source>This region or this store has no electronic prescriptions set up.</source>
        <translation>本地或本店没有设置电子处方。</translation>
    </message>
    <message>
        <source>Press Ctrl+Q and enter the paper prescription.</source>
        <translation>按 Ctrl+Q 登记纸质处方。</translation>
    </message>
    <message>
        <source>The platform has no such electronic prescription: %1</source>
        <translation>平台没有这张电子处方：%1</translation>
    </message>
    <message>
        <source>Let the customer show the code anew, then press Ctrl+Q.</source>
        <translation>请顾客重新出示处方码，再按 Ctrl+Q。</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>没有应答</translation>
    </message>
    <message>
        <source>Electronic prescriptions do not answer (%1).</source>
        <translation>电子处方没有应答（%1）。</translation>
    </message>
    <message>
        <source>Try again, put the sale aside (F4), or enter a paper prescription.</source>
        <translation>请再试、挂单（F4），或登记纸质处方。</translation>
    </message>
    <message>
        <source>The sale has ended before the prescription was there.</source>
        <translation>处方查到之前这一单已结束。</translation>
    </message>
    <message>
        <source>Scan its code again in the sale it is for.</source>
        <translation>请在要用它的那一单里重新扫码。</translation>
    </message>
    <message>
        <source>The sale put aside (%1) is sold on this prescription.</source>
        <translation>挂起的单 %1 已按这张处方销售。</translation>
    </message>
    <message>
        <source>F5 takes it up. A prescription is dispensed once.</source>
        <translation>按 F5 取回那一单。一张处方只调配一次。</translation>
    </message>
    <message>
        <source>Press Ctrl+Q and fill it in as it stands on the paper.</source>
        <translation>按 Ctrl+Q，按处方原样填写。</translation>
    </message>
    <message>
        <source>Prescription %1 was dispensed on receipt %2 at %3.</source>
        <translation>处方 %1 已于 %3 在小票 %2 上调配。</translation>
    </message>
    <message>
        <source>Nothing is left on it: ask for a new prescription.</source>
        <translation>处方已用完：请顾客提供新处方。</translation>
    </message>
    <message>
        <source>Used up</source>
        <translation>已用完</translation>
    </message>
    <message>
        <source>Left on it: %1</source>
        <translation>还剩：%1</translation>
    </message>
    <message>
        <source>The prescription&apos;s number is missing.</source>
        <translation>缺处方编号。</translation>
    </message>
    <message>
        <source>The institution is missing.</source>
        <translation>缺医疗机构。</translation>
    </message>
    <message>
        <source>The prescriber is missing.</source>
        <translation>缺开方医师。</translation>
    </message>
    <message>
        <source>The area is six digits.</source>
        <translation>统筹区是六位数字。</translation>
    </message>
    <message>
        <source>The date is missing, or is still to come.</source>
        <translation>缺开具日期，或日期还没到。</translation>
    </message>
    <message>
        <source>A quantity is a number of packs from 1 to 999.</source>
        <translation>数量是 1 到 999 的盒数。</translation>
    </message>
    <message>
        <source>There is no box to take out.</source>
        <translation>本单没有可撤销的药盒。</translation>
    </message>
    <message>
        <source>Line out</source>
        <translation>已删行</translation>
    </message>
    <message>
        <source>The line was taken out; its boxes are free.</source>
        <translation>这一行已删掉，里面的药盒可以再扫。</translation>
    </message>
    <message>
        <source>Backspace takes it back.</source>
        <translation>按 Backspace 可取回这一行。</translation>
    </message>
    <message>
        <source>Line back</source>
        <translation>已取回</translation>
    </message>
    <message>
        <source>%1 is in the sale again.</source>
        <translation>%1 已重新加入本单。</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>已挂单</translation>
    </message>
    <message>
        <source>The sale is on hold; its boxes stay reserved.</source>
        <translation>这单已挂起，里面的药盒先留着。</translation>
    </message>
    <message>
        <source>F5 takes it up again.</source>
        <translation>按 F5 取单。</translation>
    </message>
    <message>
        <source>There is no sale to hold.</source>
        <translation>现在没有要挂的单。</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>已取单</translation>
    </message>
    <message>
        <source>The sale is as it was.</source>
        <translation>这单和挂单前一样，接着扫就行。</translation>
    </message>
    <message>
        <source>No sale is on hold.</source>
        <translation>现在没有挂单。</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>The whole sale is cancelled; its boxes are free.</source>
        <translation>整单已取消，药盒可以再扫。</translation>
    </message>
    <message>
        <source>There is no sale to cancel.</source>
        <translation>现在没有要取消的单。</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>没找到</translation>
    </message>
    <message>
        <source>There is no drug %1 in the catalogue.</source>
        <translation>商品目录里没有 %1。</translation>
    </message>
    <message>
        <source>Search by name, or import the drug list.</source>
        <translation>请按名称查找，或导入商品目录。</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>已选药</translation>
    </message>
    <message>
        <source>%1 is chosen.</source>
        <translation>已选%1。</translation>
    </message>
    <message>
        <source>Now scan the trace codes on its boxes.</source>
        <translation>请扫盒上的追溯码。</translation>
    </message>
    <message>
        <source>Lot kept</source>
        <translation>批号已存</translation>
    </message>
    <message>
        <source>Lot and dates of %1 are kept.</source>
        <translation>%1的批号和日期已保存。</translation>
    </message>
    <message>
        <source>Press F2 or F3 again to pay.</source>
        <translation>再按 F2 或 F3 结算。</translation>
    </message>
    <message>
        <source>The sale cannot be changed while it is settled.</source>
        <translation>正在结算，这单暂时不能改。</translation>
    </message>
    <message>
        <source>Not settled</source>
        <translation>没结算上</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>还不能结</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已收款</translation>
    </message>
    <message>
        <source>Receipt %1, %2 boxes, ¥%3.</source>
        <translation>小票 %1，%2 盒，¥%3。</translation>
    </message>
    <message>
        <source>For whom?</source>
        <translation>为谁结算？</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>暂停参保</translation>
    </message>
    <message>
        <source>Settle?</source>
        <translation>确认结算？</translation>
    </message>
    <message>
        <source>So the insurance would split it; tell the customer her part.</source>
        <translation>医保预结算如下，请告知顾客个人支付金额。</translation>
    </message>
    <message>
        <source>Enter settles, Esc goes back.</source>
        <translation>Enter 结算，Esc 返回。</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>已变动</translation>
    </message>
    <message>
        <source>The sale is not as it was when the split was asked for.</source>
        <translation>预结算之后销售有变动。</translation>
    </message>
    <message>
        <source>Press F2 again.</source>
        <translation>请重新按 F2。</translation>
    </message>
    <message>
        <source>The sale put aside: %1</source>
        <translation>挂起的一单：%1</translation>
    </message>
    <message>
        <source>Collect ¥%1</source>
        <translation>请收 ¥%1</translation>
    </message>
    <message>
        <source>The rest is the insurance&apos;s.</source>
        <translation>其余由医保支付。</translation>
    </message>
    <message>
        <source>Nothing to collect: the insurance pays it all.</source>
        <translation>不用收钱：全部由医保支付。</translation>
    </message>
    <message>
        <source>Change ¥%1</source>
        <translation>找零 ¥%1</translation>
    </message>
    <message>
        <source>Received ¥%1.</source>
        <translation>实收 ¥%1。</translation>
    </message>
    <message>
        <source>Take ¥%1 more: the insurance left another part to pay.</source>
        <translation>再收 ¥%1：医保结算的个人现金和预计不同。</translation>
    </message>
    <message>
        <source>Give ¥%1 back: the insurance left another part to pay.</source>
        <translation>退回 ¥%1：医保结算的个人现金和预计不同。</translation>
    </message>
    <message>
        <source>Settlement number</source>
        <translation>请输结算号</translation>
    </message>
    <message>
        <source>Settle at the insurance&apos;s own terminal; it shows a number.</source>
        <translation>先在医保终端上结算，它会显示结算号。</translation>
    </message>
    <message>
        <source>Type the number below and press Enter.</source>
        <translation>把结算号输在下面，按 Enter。</translation>
    </message>
    <message>
        <source>Wrong PIN</source>
        <translation>密码不对</translation>
    </message>
    <message>
        <source>The second person&apos;s number or PIN is wrong.</source>
        <translation>复核人的工号和密码对不上。</translation>
    </message>
    <message>
        <source>Type both again.</source>
        <translation>请两项都再输一遍。</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>待复核</translation>
    </message>
    <message>
        <source>%1 is noted as %2; a second person has to confirm it.</source>
        <translation>%1 已记为“%2”，还要同事复核。</translation>
    </message>
    <message>
        <source>The box is not in yet.</source>
        <translation>这盒还没进单。</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退货</translation>
    </message>
    <message>
        <source>Return %1 is on the disk and will be uploaded.</source>
        <translation>退货单 %1 已保存，会自动上传。</translation>
    </message>
    <message>
        <source>Put the box to the returns; it is not sold again.</source>
        <translation>请把这盒放到退货区，不能再卖。</translation>
    </message>
    <message>
        <source>Cancel all?</source>
        <translation>整单取消？</translation>
    </message>
    <message>
        <source>All %1 boxes of this sale would be taken out.</source>
        <translation>本单 %1 盒会全部撤下。</translation>
    </message>
    <message>
        <source>Enter cancels the sale, Esc keeps it.</source>
        <translation>按 Enter 取消整单，按 Esc 保留。</translation>
    </message>
    <message>
        <source>waits for the insurance</source>
        <translation>等医保答复</translation>
    </message>
    <message>
        <source>Which one?</source>
        <translation>取哪一单？</translation>
    </message>
    <message>
        <source>Press its digit, or choose by ↓ and Enter. Esc: none.</source>
        <translation>按数字取单，或按 ↓ 选、Enter 确认；Esc 不取。</translation>
    </message>
    <message>
        <source>Held sales</source>
        <translation>挂单</translation>
    </message>
    <message>
        <source>nothing scanned</source>
        <translation>还没扫码</translation>
    </message>
    <message>
        <source> and more, %1 drugs</source>
        <translation> 等 %1 种</translation>
    </message>
    <message>
        <source>%1 boxes</source>
        <translation>%1 盒</translation>
    </message>
    <message>
        <source>Too little</source>
        <translation>实收不足</translation>
    </message>
    <message>
        <source>The cash received is less than what is owed.</source>
        <translation>实收现金比应收少，请再数一数。</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>请扫码</translation>
    </message>
    <message>
        <source>Scan the trace code on the box.</source>
        <translation>请扫药盒上的追溯码。</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>%1, ¥%2.</source>
        <translation>%1，¥%2。</translation>
    </message>
    <message>
        <source>Enter confirms, Esc goes back.</source>
        <translation>按 Enter 确认，Esc 返回。</translation>
    </message>
    <message>
        <source>How many?</source>
        <translation>几盒？</translation>
    </message>
    <message>
        <source>That is no number of boxes a customer buys: %1.</source>
        <translation>这个盒数不对：%1。</translation>
    </message>
    <message>
        <source>Between 1 and 999 boxes of one drug.</source>
        <translation>一种药一次 1 到 999 盒。</translation>
    </message>
    <message>
        <source>There is nothing to pay yet.</source>
        <translation>单子里还没有药。</translation>
    </message>
    <message>
        <source>All %1 boxes of %2 would be taken out.</source>
        <translation>%2 的 %1 盒将全部删除。</translation>
    </message>
    <message>
        <source>Line out?</source>
        <translation>删除整行？</translation>
    </message>
    <message>
        <source>Enter takes the line out, Esc keeps it.</source>
        <translation>按 Enter 删除这一行，按 Esc 保留。</translation>
    </message>
    <message>
        <source>Nothing was added. Scan them one by one, or press Ctrl+J to take all %1.</source>
        <translation>没有进单。请一盒一盒分开扫，或按 Ctrl+J 把 %1 个码都加入。</translation>
    </message>
    <message>
        <source>Nothing was added. Scan the box alone, or press Ctrl+J to take its code.</source>
        <translation>没有进单。请单独再扫这盒，或按 Ctrl+J 加入它的追溯码。</translation>
    </message>
    <message>
        <source>Nothing was added. Scan them one by one, or press Ctrl+J to take both.</source>
        <translation>没有进单。请一盒一盒分开扫，或按 Ctrl+J 把两个码都加入。</translation>
    </message>
    <message>
        <source>The other box of that scan is not in: scan it by itself.</source>
        <translation>那次扫码的另一盒还没有进单，请单独扫。</translation>
    </message>
    <message>
        <source>Only tried</source>
        <translation>仅试扫</translation>
    </message>
    <message>
        <source>The scanner assistant is open: its scans are not sold.</source>
        <translation>扫码枪助手开着，扫的码不会进入销售。</translation>
    </message>
    <message>
        <source>Close it (F12, then Esc) to go on selling.</source>
        <translation>要继续收银，请先关闭它（按 F12，再按 Esc）。</translation>
    </message>
    <message>
        <source>No insurance</source>
        <translation>没有医保</translation>
    </message>
    <message>
        <source>This store takes none of the insurance&apos;s kinds (settings, policy).</source>
        <translation>本店没有开通任何医保结算（设置、放行规则）。</translation>
    </message>
    <message>
        <source>Press F3: the customer pays.</source>
        <translation>按 F3：顾客自费。</translation>
    </message>
    <message>
        <source>The rest is paid by %1. The code itself is not kept.</source>
        <translation>余款用%1付。付款码本身不保存。</translation>
    </message>
    <message>
        <source>Take the money at its own terminal, then press Enter.</source>
        <translation>在收款终端收款后按 Enter。</translation>
    </message>
    <message>
        <source>Which box?</source>
        <translation>哪一盒？</translation>
    </message>
    <message>
        <source>No box was scanned yet whose units could be sold.</source>
        <translation>还没有扫过可以拆零的盒子。</translation>
    </message>
    <message>
        <source>Scan the box, then press Ctrl+U.</source>
        <translation>先扫盒子，再按 Ctrl+U。</translation>
    </message>
    <message>
        <source>This box is in the sale as a whole, and others came after it.</source>
        <translation>这盒已按整盒加入，后面又扫了别的。</translation>
    </message>
    <message>
        <source>Take it out with its line (Delete), scan it again, then Ctrl+U.</source>
        <translation>选中该行按 Del 删除，重扫这盒，再按 Ctrl+U。</translation>
    </message>
    <message>
        <source>%1 units are in, %2 are left in the box.</source>
        <translation>已拆零加入%1个，盒里还剩%2个。</translation>
    </message>
    <message>
        <source>Units added</source>
        <translation>已拆零</translation>
    </message>
    <message>
        <source>Keep the opened box with its label.</source>
        <translation>拆开的盒子连同标签一起保留。</translation>
    </message>
    <message>
        <source>This drug is not sold in units: the list has no split ratio.</source>
        <translation>该药不能拆零：商品资料里没有拆零比。</translation>
    </message>
    <message>
        <source>Sell the whole box, or fill in its split ratio (拆零比).</source>
        <translation>整盒卖，或在商品资料里补上拆零比。</translation>
    </message>
    <message>
        <source>The box does not hold so many units.</source>
        <translation>盒里没有这么多。</translation>
    </message>
    <message>
        <source>Press Ctrl+U and take fewer, then open another box.</source>
        <translation>按 Ctrl+U 减少数量，不够再另开一盒。</translation>
    </message>
    <message>
        <source>All units of this box are sold.</source>
        <translation>这盒已经拆零卖完。</translation>
    </message>
    <message>
        <source>Open another box.</source>
        <translation>请另开一盒。</translation>
    </message>
    <message>
        <source>This box is in this sale already.</source>
        <translation>这盒已经在本单里。</translation>
    </message>
    <message>
        <source>Take it out with Backspace, then scan it and press Ctrl+U.</source>
        <translation>先按 Backspace 撤出，再扫一次，按 Ctrl+U。</translation>
    </message>
    <message>
        <source>This box may not be sold, in units neither.</source>
        <translation>这盒不能卖，拆零也不行。</translation>
    </message>
    <message>
        <source>Scan it to see why.</source>
        <translation>扫一下盒子看原因。</translation>
    </message>
    <message>
        <source>No units</source>
        <translation>不能拆零</translation>
    </message>
    <message>
        <source>%1 works at this counter from now on.</source>
        <translation>从现在起由%1在本台收银。</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>已换人</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Number or PIN is wrong. Nothing has changed.</source>
        <translation>工号或密码不对，仍由原来的人收银。</translation>
    </message>
    <message>
        <source>Press F10 and type both again.</source>
        <translation>按 F10 重新输入。</translation>
    </message>
    <message>
        <source>This store wants a second person for units of a box.</source>
        <translation>本店拆零须复核人确认。</translation>
    </message>
    <message>
        <source>Press Ctrl+U and let a colleague type number and PIN.</source>
        <translation>按 Ctrl+U，请同事输工号和密码。</translation>
    </message>
    <message>
        <source>The second person&apos;s number or PIN is wrong; no unit was sold.</source>
        <translation>复核人工号或密码不对，没有拆零。</translation>
    </message>
    <message>
        <source>Press Ctrl+U and type both again.</source>
        <translation>按 Ctrl+U 重新输入。</translation>
    </message>
    <message>
        <source>Too many wrong PINs: this number is locked for a while.</source>
        <translation>密码错误太多，该编号已暂时锁定。</translation>
    </message>
    <message>
        <source>Press Ctrl+U and let another colleague check.</source>
        <translation>按 Ctrl+U，请另一位同事复核。</translation>
    </message>
    <message>
        <source>Whoever sells the units cannot check them too.</source>
        <translation>分拆人不能自己复核。</translation>
    </message>
    <message>
        <source>The manager has to come first.</source>
        <translation>先请店长确认。</translation>
    </message>
    <message>
        <source>Let the manager approve, then press Ctrl+U.</source>
        <translation>店长确认后，再按 Ctrl+U。</translation>
    </message>
    <message>
        <source>Wait, sign in as somebody else, or let the manager free it.</source>
        <translation>请稍等、换人登录，或请店长解除锁定。</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>请稍等</translation>
    </message>
    <message>
        <source>The sale is put aside while the insurance is asked.</source>
        <translation>已挂单，继续向医保查询结算结果。</translation>
    </message>
    <message>
        <source>It is finished by itself when the answer comes.</source>
        <translation>得到结果后自动完成收款。</translation>
    </message>
    <message>
        <source>No held sale</source>
        <translation>没有挂单</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>已加入</translation>
    </message>
    <message>
        <source>%1 is in the sale.</source>
        <translation>%1 已加入这一单。</translation>
    </message>
    <message>
        <source>It needs no trace code.</source>
        <translation>不用扫追溯码。</translation>
    </message>
    <message>
        <source>Number changed</source>
        <translation>数量已改</translation>
    </message>
    <message>
        <source>%1 in the sale now.</source>
        <translation>现在是 %1。</translation>
    </message>
    <message>
        <source>%1 in the sale now; %2 codes are still to be scanned.</source>
        <translation>现在是 %1，还差 %2 个追溯码。</translation>
    </message>
    <message>
        <source>Scan the trace codes on its boxes.</source>
        <translation>请扫盒上的追溯码。</translation>
    </message>
    <message>
        <source>Which line?</source>
        <translation>哪一行？</translation>
    </message>
    <message>
        <source>Choose the line whose number is to change.</source>
        <translation>请先选中要改数量的那一行。</translation>
    </message>
    <message>
        <source>Number unchanged</source>
        <translation>数量没变</translation>
    </message>
    <message>
        <source>%1 is sold by the unit here.</source>
        <translation>%1 在这里是拆零卖的。</translation>
    </message>
    <message>
        <source>Ctrl+U takes more units of the box.</source>
        <translation>再拆几个请按 Ctrl+U。</translation>
    </message>
    <message>
        <source>%1 is a gift here: gifts are counted by their boxes.</source>
        <translation>%1 在这里是赠品，赠品按盒数算。</translation>
    </message>
    <message>
        <source>Ctrl+G makes it paid for again.</source>
        <translation>按 Ctrl+G 改回收费。</translation>
    </message>
    <message>
        <source>The till&apos;s</source>
        <translation>归收银系统</translation>
    </message>
    <message>
        <source>The lines of this ticket are the till&apos;s to change.</source>
        <translation>这张小票的药品由收银系统增减。</translation>
    </message>
    <message>
        <source>Change the sale there; here its boxes are scanned.</source>
        <translation>请在收银系统里改；这里只扫药盒。</translation>
    </message>
    <message>
        <source>This sale is paid at the till.</source>
        <translation>这笔销售在收银系统收款。</translation>
    </message>
    <message>
        <source>Scan its boxes; it is closed when the till has been paid.</source>
        <translation>扫完药盒即可；收银系统收款后自动完成。</translation>
    </message>
    <message>
        <source>Disease noted</source>
        <translation>已记病种</translation>
    </message>
    <message>
        <source>The person is certified for it in this sale; it is not kept.</source>
        <translation>本单按已认定此病种核对；不留存。</translation>
    </message>
    <message>
        <source>Press F2 again to settle; Ctrl+I for another one.</source>
        <translation>再按 F2 结算；还有别的病种按 Ctrl+I。</translation>
    </message>
    <message>
        <source>Which disease?</source>
        <translation>哪个病种？</translation>
    </message>
    <message>
        <source>That is no code of a disease.</source>
        <translation>这不是病种编码。</translation>
    </message>
    <message>
        <source>Type the code as the insurance&apos;s terminal shows it.</source>
        <translation>按医保终端显示的编码输入。</translation>
    </message>
    <message>
        <source>Price changed</source>
        <translation>价格已改</translation>
    </message>
    <message>
        <source>%1 each now; the receipt shows both prices.</source>
        <translation>现价 %1（每件），小票上原价和优惠都印。</translation>
    </message>
    <message>
        <source>Price as listed</source>
        <translation>恢复原价</translation>
    </message>
    <message>
        <source>%1 each, as in the catalogue.</source>
        <translation>每件 %1，与商品目录一致。</translation>
    </message>
    <message>
        <source>Choose the line whose price is to change.</source>
        <translation>请先选中要改价的那一行。</translation>
    </message>
    <message>
        <source>Price unchanged</source>
        <translation>价格没变</translation>
    </message>
    <message>
        <source>%1 is a gift here and costs nothing.</source>
        <translation>%1 在这里是赠品，不收钱。</translation>
    </message>
    <message>
        <source>The insurance settles %1 at the catalogue&apos;s price only.</source>
        <translation>医保只按商品目录的价格结算 %1。</translation>
    </message>
    <message>
        <source>Pay with F3 to give a discount; else leave the price.</source>
        <translation>要优惠请按 F3 自费；否则不改价。</translation>
    </message>
    <message>
        <source>That is no price for %1.</source>
        <translation>这不是 %1 的价格。</translation>
    </message>
    <message>
        <source>Nothing is given away by a price: Ctrl+G makes a gift.</source>
        <translation>不能用改价来送：赠品请按 Ctrl+G。</translation>
    </message>
    <message>
        <source>Another price of %1 needs its reason.</source>
        <translation>%1 改价要写原因。</translation>
    </message>
    <message>
        <source>Press Ctrl+B and choose or type one.</source>
        <translation>请按 Ctrl+B，选一个或写一个。</translation>
    </message>
    <message>
        <source>The reason holds a person&apos;s number: leave that out.</source>
        <translation>原因里有个人号码，请去掉。</translation>
    </message>
    <message>
        <source>Press Ctrl+B and write it without.</source>
        <translation>请按 Ctrl+B，重写一遍。</translation>
    </message>
    <message>
        <source>All boxes of %1 in the sale are scanned already.</source>
        <translation>这一单里的 %1 都已经扫过码。</translation>
    </message>
    <message>
        <source>Backspace takes out the last box, Delete the whole line.</source>
        <translation>Backspace 去掉最后一盒，Del 去掉整行。</translation>
    </message>
    <message>
        <source>This is the last one of %1.</source>
        <translation>%1 只剩这一件了。</translation>
    </message>
    <message>
        <source>Delete takes the whole line out.</source>
        <translation>按 Del 去掉整行。</translation>
    </message>
    <message>
        <source>F4 puts it aside for the next customer.</source>
        <translation>按 F4 先挂起，接待下一位顾客。</translation>
    </message>
    <message>
        <source>Gift</source>
        <translation>赠品</translation>
    </message>
    <message>
        <source>%1 is a gift at ¥0.00; a code on it is uploaded as any other.</source>
        <translation>%1 为赠品，¥0.00；有追溯码的照常上传。</translation>
    </message>
    <message>
        <source>The next box of it is paid for, unless you choose the gift line.</source>
        <translation>下一盒仍收费；要继续送，先选中赠品行。</translation>
    </message>
    <message>
        <source>No gift</source>
        <translation>不作赠品</translation>
    </message>
    <message>
        <source>%1 is paid for again.</source>
        <translation>%1 已改回收费。</translation>
    </message>
    <message>
        <source>%1 is as it was before the last Ctrl+G.</source>
        <translation>%1 已恢复到上次按 Ctrl+G 之前。</translation>
    </message>
    <message>
        <source>There is no box yet that could be a gift.</source>
        <translation>还没有可以作赠品的药盒。</translation>
    </message>
    <message>
        <source>Scan it, then press Ctrl+G.</source>
        <translation>先扫码，再按 Ctrl+G。</translation>
    </message>
    <message>
        <source>Prescription drugs are never given away.</source>
        <translation>处方药不得作赠品。</translation>
    </message>
    <message>
        <source>It stays on its line and is paid for.</source>
        <translation>仍按原行收费。</translation>
    </message>
    <message>
        <source>Class-A OTC drugs are never given away.</source>
        <translation>甲类非处方药不得作赠品。</translation>
    </message>
    <message>
        <source>The list does not say whether this is Rx or which OTC class.</source>
        <translation>目录里没有写明它是处方药还是哪类非处方药。</translation>
    </message>
    <message>
        <source>Fill in its Rx column in the drug list; until then it is paid for.</source>
        <translation>请在商品目录补全处方标志；补全前只能收费。</translation>
    </message>
    <message>
        <source>Units of an opened box are never given away.</source>
        <translation>拆零的药不能作赠品。</translation>
    </message>
    <message>
        <source>Give a whole box instead.</source>
        <translation>请改送整盒。</translation>
    </message>
    <message>
        <source>Online order</source>
        <translation>网络订单</translation>
    </message>
    <message>
        <source>This sale is for the order %1.</source>
        <translation>本单对应网络订单 %1。</translation>
    </message>
    <message>
        <source>Scan its boxes.</source>
        <translation>请扫描要发的药盒。</translation>
    </message>
    <message>
        <source>No order</source>
        <translation>无网络订单</translation>
    </message>
    <message>
        <source>This sale is for no online order.</source>
        <translation>本单不对应网络订单。</translation>
    </message>
    <message>
        <source>Twice?</source>
        <translation>订单重复？</translation>
    </message>
    <message>
        <source>This order number is on receipt %1 already. It is kept here too.</source>
        <translation>这个订单号已在小票 %1 上，这里也已记下。</translation>
    </message>
    <message>
        <source>Look that receipt up. If it is the same order, cancel this sale.</source>
        <translation>请查看那张小票；若是同一订单，取消本单。</translation>
    </message>
    <message>
        <source>That is no order number; nothing was changed.</source>
        <translation>这不是订单号，未作改动。</translation>
    </message>
    <message>
        <source>Press Ctrl+O and scan or type it again.</source>
        <translation>请按 Ctrl+O 重新扫码或输入。</translation>
    </message>
    <message>
        <source>Not all back</source>
        <translation>没取全</translation>
    </message>
    <message>
        <source>These boxes are not in the sale.</source>
        <translation>这些药盒没有加入本单。</translation>
    </message>
    <message>
        <source>Not locked</source>
        <translation>未锁屏</translation>
    </message>
    <message>
        <source>Nobody could sign in again: no person is set up.</source>
        <translation>还没有人员，锁屏后没人能登录。</translation>
    </message>
    <message>
        <source>Settings, People: add the manager first.</source>
        <translation>请先在“设置—人员”里添加店长。</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>已放回</translation>
    </message>
    <message>
        <source>Put the box back on the shelf; it may be sold again.</source>
        <translation>把药盒放回货架，可以再卖。</translation>
    </message>
    <message>
        <source>The counter is locked; nothing was changed.</source>
        <translation>收银台已锁定，没有改动。</translation>
    </message>
    <message>
        <source>Sign in first.</source>
        <translation>请先登录。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>请继续</translation>
    </message>
    <message>
        <source>The manager has looked at it; nothing was added twice.</source>
        <translation>店长已确认，没有重复加入。</translation>
    </message>
    <message>
        <source>Scan the next box; what was scanned meanwhile is not in.</source>
        <translation>请扫下一盒；刚才等待时扫的盒没有加入，请重扫。</translation>
    </message>
    <message>
        <source>The drug list comes from your ERP, as CSV or XLSX.</source>
        <translation>从进销存软件导出商品目录，CSV 或 XLSX 都行。</translation>
    </message>
    <message>
        <source>Import drug list…</source>
        <translation>导入商品目录…</translation>
    </message>
    <message>
        <source>Import the drug list first</source>
        <translation>先导入商品目录</translation>
    </message>
    <message>
        <source>There is no drug in the catalogue yet.</source>
        <translation>商品目录里还没有药。</translation>
    </message>
    <message>
        <source>Press the button below and choose the file.</source>
        <translation>请按下面的按钮，选文件导入。</translation>
    </message>
    <message>
        <source>Reminders; they do not stop the payment:</source>
        <translation>提醒（不影响收款）：</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1。%2</translation>
    </message>
</context>
<context>
    <name>Confirm</name>
    <message>
        <source>Yes, take out (Enter)</source>
        <translation>确认删除（Enter）</translation>
    </message>
    <message>
        <source>Keep (Esc)</source>
        <translation>保留（Esc）</translation>
    </message>
    <message>
        <source>Yes, drop all (Enter)</source>
        <translation>确认放弃（Enter）</translation>
    </message>
    <message>
        <source>Leave the question (Esc)</source>
        <translation>不回答，离开（Esc）</translation>
    </message>
</context>
<context>
    <name>Customer</name>
    <message>
        <source>Customer&apos;s screen</source>
        <translation>顾客屏</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>欢迎光临</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已收款</translation>
    </message>
    <message>
        <source>Change ¥%1</source>
        <translation>找零 ¥%1</translation>
    </message>
    <message>
        <source>Each box&apos;s trace code is on the receipt. Keep it: the code can be checked in the insurance bureau&apos;s app.</source>
        <translation>小票上印有每盒药的追溯码，请留好小票；追溯码可在医保局的 App 里查验。</translation>
    </message>
    <message>
        <source>and %1 more above</source>
        <translation>前面还有 %1 行</translation>
    </message>
    <message>
        <source>%1 trace codes taken</source>
        <translation>已采集 %1 个追溯码</translation>
    </message>
    <message>
        <source>gift</source>
        <translation>赠品</translation>
    </message>
</context>
<context>
    <name>Damage</name>
    <message>
        <source>Only part of the code arrived.</source>
        <translation>码只读到一部分。</translation>
    </message>
    <message>
        <source>The code has characters too many.</source>
        <translation>码里多出了几个字符。</translation>
    </message>
    <message>
        <source>Two codes arrived as one.</source>
        <translation>两个码连在一起了。</translation>
    </message>
    <message>
        <source>The check digit does not fit.</source>
        <translation>码的校验位对不上。</translation>
    </message>
    <message>
        <source>The code holds a date that does not exist.</source>
        <translation>码里的日期不存在。</translation>
    </message>
    <message>
        <source>This code has no serial number.</source>
        <translation>这个码没有序列号。</translation>
    </message>
    <message>
        <source>The scanner left out a separator.</source>
        <translation>扫码枪漏传了分隔符。</translation>
    </message>
    <message>
        <source>The code has characters it cannot have.</source>
        <translation>码里有不该有的字符。</translation>
    </message>
    <message>
        <source>What arrived is too long for any code.</source>
        <translation>读到的内容太长，不像一个码。</translation>
    </message>
    <message>
        <source>The code contradicts itself.</source>
        <translation>码里的内容前后对不上。</translation>
    </message>
    <message>
        <source>Nothing was added. Cover the neighbour and scan one box.</source>
        <translation>没有进单。请遮住旁边的盒，一次扫一盒。</translation>
    </message>
    <message>
        <source>Scan the other code on the box, the one with a serial number.</source>
        <translation>请扫盒上另一个码，带序列号的那个。</translation>
    </message>
    <message>
        <source>Nothing was added. Switch on GS1 separators (GS, 0x1D) in the scanner.</source>
        <translation>没有进单。请打开扫码枪的 GS1 分隔符（GS，0x1D）。</translation>
    </message>
    <message>
        <source>Nothing was added. Scan this box once more, slowly.</source>
        <translation>没有进单。这盒请再扫一次，慢一点。</translation>
    </message>
</context>
<context>
    <name>Day</name>
    <message>
        <source>Shift and day</source>
        <translation>交接班·日结</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>交接班</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>结算</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>笔数</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差额</translation>
    </message>
    <message>
        <source>Nothing was sold yet.</source>
        <translation>还没有销售。</translation>
    </message>
    <message>
        <source>Nothing was closed yet.</source>
        <translation>还没有交班或日结。</translation>
    </message>
    <message>
        <source>Cash in the drawer, yuan</source>
        <translation>钱箱现金（元）</translation>
    </message>
    <message>
        <source>PIN of who hands over</source>
        <translation>交班人密码</translation>
    </message>
    <message>
        <source>Who takes over: number</source>
        <translation>接班人工号</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Close the day (F6)</source>
        <translation>日结（F6）</translation>
    </message>
    <message>
        <source>Print again (Ctrl+P)</source>
        <translation>补打（Ctrl+P）</translation>
    </message>
    <message>
        <source>PDF (Ctrl+L)</source>
        <translation>PDF（Ctrl+L）</translation>
    </message>
    <message>
        <source>! Look at these first: %1</source>
        <translation>! 先处理：%1</translation>
    </message>
    <message>
        <source>✓ Nothing waits.</source>
        <translation>✓ 没有未了的单。</translation>
    </message>
    <message>
        <source>Begin the shift (F8)</source>
        <translation>开班（F8）</translation>
    </message>
    <message>
        <source>Hand over (F8)</source>
        <translation>交班（F8）</translation>
    </message>
    <message>
        <source>✓ Saved: %1</source>
        <translation>✓ 已保存：%1</translation>
    </message>
    <message>
        <source>✓ The shift has begun.</source>
        <translation>✓ 已开班。</translation>
    </message>
    <message>
        <source>✓ The shift is closed.</source>
        <translation>✓ 已交班。</translation>
    </message>
    <message>
        <source>✓ The day is closed: what is sold now is the next&apos;s.</source>
        <translation>✓ 已日结：之后的销售算下一次。</translation>
    </message>
    <message>
        <source>✕ A shift is open already: close it first.</source>
        <translation>✕ 已有班次未交：先交班。</translation>
    </message>
    <message>
        <source>✕ No shift is open: begin one first.</source>
        <translation>✕ 还没有开班：先开班。</translation>
    </message>
    <message>
        <source>✕ Type the cash in the drawer, in yuan.</source>
        <translation>✕ 请按元输入钱箱里的现金。</translation>
    </message>
    <message>
        <source>✕ Who hands over cannot take over.</source>
        <translation>✕ 交班和接班不能是同一人。</translation>
    </message>
    <message>
        <source>✕ Number or PIN is wrong: again.</source>
        <translation>✕ 工号或密码不对，请重输。</translation>
    </message>
    <message>
        <source>✕ Too many wrong PINs: this number is locked for a while.</source>
        <translation>✕ 密码错得太多：该工号暂时锁住。</translation>
    </message>
    <message>
        <source>✓ The shift is closed; the drawer is right.</source>
        <translation>✓ 已交班，现金相符。</translation>
    </message>
    <message>
        <source>! The shift is closed; ¥%1 more than expected.</source>
        <translation>! 已交班，现金多 ¥%1。</translation>
    </message>
    <message>
        <source>! The shift is closed; ¥%1 lacks.</source>
        <translation>! 已交班，现金少 ¥%1。</translation>
    </message>
    <message>
        <source>No shift is open.</source>
        <translation>还没有开班。</translation>
    </message>
    <message>
        <source>Shift since %1, %2; float ¥%3</source>
        <translation>本班自 %1，%2；备用金 ¥%3</translation>
    </message>
    <message>
        <source>Day (Z)</source>
        <translation>日结</translation>
    </message>
</context>
<context>
    <name>Days</name>
    <message>
        <source>from the day</source>
        <translation>从哪天</translation>
    </message>
    <message>
        <source>to the day</source>
        <translation>到哪天</translation>
    </message>
    <message>
        <source>✕ That is no day. Write 2026-01-31.</source>
        <translation>✕ 这不是日期。请写成 2026-01-31。</translation>
    </message>
</context>
<context>
    <name>Doubts</name>
    <message>
        <source>drug not known, not in</source>
        <translation>不知道是哪个药，没有加入</translation>
    </message>
    <message>
        <source>Seen (Ctrl+D)</source>
        <translation>看到了（Ctrl+D）</translation>
    </message>
    <message>
        <source>Take them (Ctrl+J)</source>
        <translation>都加入（Ctrl+J）</translation>
    </message>
    <message>
        <source>Not in the sale: %1. Ctrl+D takes the newest away.</source>
        <translation>没加入：%1 条。按 Ctrl+D 消去最新一条。</translation>
    </message>
    <message>
        <source>Not in the sale: %1, the newest %2 below. Ctrl+D: seen.</source>
        <translation>没加入：%1 条，下面是最新 %2 条。按 Ctrl+D 消去最新一条。</translation>
    </message>
    <message>
        <source>Scans that put no box in</source>
        <translation>没加入的扫码</translation>
    </message>
</context>
<context>
    <name>Drug</name>
    <message>
        <source>Name</source>
        <translation>品名</translation>
    </message>
    <message>
        <source>Spec</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>Maker</source>
        <translation>生产企业</translation>
    </message>
    <message>
        <source>Approval number</source>
        <translation>批准文号</translation>
    </message>
    <message>
        <source>Price ¥</source>
        <translation>零售价 ¥</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Prescription or OTC</source>
        <translation>处方标志</translation>
    </message>
    <message>
        <source>Insurance class</source>
        <translation>医保类别</translation>
    </message>
    <message>
        <source>Insurance code</source>
        <translation>医保编码</translation>
    </message>
    <message>
        <source>Dosage form</source>
        <translation>剂型</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Barcodes, by semicolons</source>
        <translation>商品条码（分号隔开）</translation>
    </message>
    <message>
        <source>Cost ¥</source>
        <translation>购进价 ¥</translation>
    </message>
    <message>
        <source>Split unit</source>
        <translation>拆零单位</translation>
    </message>
    <message>
        <source>Units in a box</source>
        <translation>拆零比</translation>
    </message>
    <message>
        <source>Ephedrine</source>
        <translation>含麻</translation>
    </message>
    <message>
        <source>Doping substance</source>
        <translation>含兴奋剂</translation>
    </message>
    <message>
        <source>Keep cold</source>
        <translation>冷藏</translation>
    </message>
    <message>
        <source>Pinyin initials</source>
        <translation>拼音码</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>生产批号</translation>
    </message>
    <message>
        <source>Made on</source>
        <translation>生产日期</translation>
    </message>
    <message>
        <source>Expires on</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>To be completed</source>
        <translation>待补全</translation>
    </message>
    <message>
        <source>A manager has to say yes; it waits here.</source>
        <translation>要店长同意，先在这里等着。</translation>
    </message>
    <message>
        <source>The list has it already: %1. Take it by Enter, nothing was added.</source>
        <translation>目录里已有：%1。按 Enter 选它，没有新增。</translation>
    </message>
    <message>
        <source>This drug is not in the list any more.</source>
        <translation>目录里已经没有这个商品。</translation>
    </message>
    <message>
        <source>The second person&apos;s number or PIN is wrong.</source>
        <translation>第二个人的工号或密码不对。</translation>
    </message>
    <message>
        <source>This number is locked after too many wrong PINs: let somebody else confirm.</source>
        <translation>密码错得太多，这个工号已锁：请换人确认。</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>What</source>
        <translation>怎么</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>改了什么</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>读取中…</translation>
    </message>
    <message>
        <source>Back to the list (Esc)</source>
        <translation>回列表（Esc）</translation>
    </message>
    <message>
        <source>Keep the changes (F8)</source>
        <translation>保存修改（F8）</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>未填</translation>
    </message>
    <message>
        <source>! Added at the counter. Still to be told: %1</source>
        <translation>! 柜台手工新增，还缺：%1</translation>
    </message>
    <message>
        <source>Item code %1 (fixed) · identifications %2 (three-code map)</source>
        <translation>商品编码 %1（不能改）· 药品标识码 %2（在三码映射里改）</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有改动。</translation>
    </message>
    <message>
        <source>! Not kept yet: F8 keeps it, Esc again drops it.</source>
        <translation>! 还没保存：F8 保存，再按 Esc 放弃。</translation>
    </message>
    <message>
        <source>not kept</source>
        <translation>没有记录</translation>
    </message>
    <message>
        <source>✓ Kept. Still to be told: %1</source>
        <translation>✓ 已保存。还缺：%1</translation>
    </message>
    <message>
        <source>✓ Kept; the history tells it.</source>
        <translation>✓ 已保存，历史里有记录。</translation>
    </message>
    <message>
        <source>in by a drug list</source>
        <translation>目录导入</translation>
    </message>
    <message>
        <source>added by hand</source>
        <translation>手工新增</translation>
    </message>
    <message>
        <source>changed by hand</source>
        <translation>手工修改</translation>
    </message>
    <message>
        <source>overwritten by a drug list</source>
        <translation>目录导入覆盖</translation>
    </message>
    <message>
        <source>lot told at the counter</source>
        <translation>柜台填批号</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
</context>
<context>
    <name>Duty</name>
    <message>
        <source>Number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>注册证号</translation>
    </message>
    <message>
        <source>Insurance register</source>
        <translation>医保责任人登记</translation>
    </message>
    <message>
        <source>Points entered</source>
        <translation>记分（已录入）</translation>
    </message>
    <message>
        <source>On duty since</source>
        <translation>在岗自</translation>
    </message>
    <message>
        <source>No pharmacist is set up. The manager adds one: Ctrl+8, F8.</source>
        <translation>还没有药师。由店长添加：Ctrl+8，再按 F8。</translation>
    </message>
    <message>
        <source>Pharmacist&apos;s number</source>
        <translation>药师工号</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Sign on (Enter)</source>
        <translation>在岗（Enter）</translation>
    </message>
    <message>
        <source>Sign off (Enter)</source>
        <translation>离岗（Enter）</translation>
    </message>
    <message>
        <source>On duty</source>
        <translation>在岗</translation>
    </message>
    <message>
        <source>Recovery</source>
        <translation>恢复期限</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>通知文号</translation>
    </message>
    <message>
        <source>Of the day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>记分</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Nothing is entered yet.</source>
        <translation>还没有录入。</translation>
    </message>
    <message>
        <source>Person&apos;s number</source>
        <translation>人员工号</translation>
    </message>
    <message>
        <source>Licence number</source>
        <translation>注册证号</translation>
    </message>
    <message>
        <source>from the day</source>
        <translation>自（日期）</translation>
    </message>
    <message>
        <source>to the day</source>
        <translation>至（日期）</translation>
    </message>
    <message>
        <source>day of the notice</source>
        <translation>通知日期</translation>
    </message>
    <message>
        <source>points</source>
        <translation>记分</translation>
    </message>
    <message>
        <source>number of the notice</source>
        <translation>通知文号</translation>
    </message>
    <message>
        <source>Staff register</source>
        <translation>人员登记</translation>
    </message>
    <message>
        <source>As the bureau&apos;s notices say; points are added up, nothing is concluded.</source>
        <translation>按医保局的通知录入；记分只相加，不作结论。</translation>
    </message>
    <message>
        <source>Keep this entry</source>
        <translation>保存登记</translation>
    </message>
    <message>
        <source>Note points</source>
        <translation>录入记分</translation>
    </message>
    <message>
        <source>Withdraw this notice</source>
        <translation>撤回这份通知</translation>
    </message>
    <message>
        <source>apply by %1, answered by %2</source>
        <translation>%1 前申请，%2 前答复</translation>
    </message>
    <message>
        <source>✓ %1 is on duty.</source>
        <translation>✓ %1 已在岗。</translation>
    </message>
    <message>
        <source>✓ %1 is on duty no more.</source>
        <translation>✓ %1 已离岗。</translation>
    </message>
    <message>
        <source>✓ Kept.</source>
        <translation>✓ 已保存。</translation>
    </message>
    <message>
        <source>! A manager has to approve it.</source>
        <translation>! 要店长审批。</translation>
    </message>
    <message>
        <source>%1 was not on duty.</source>
        <translation>%1 本来不在岗。</translation>
    </message>
    <message>
        <source>Nobody here has this number.</source>
        <translation>这里没有这个工号。</translation>
    </message>
    <message>
        <source>%1 is no pharmacist: the manager sets the role or enters the licence (Ctrl+8, F8).</source>
        <translation>%1 不是药师：由店长改岗位，或录入注册证号（Ctrl+8，F8）。</translation>
    </message>
    <message>
        <source>Type the PIN too.</source>
        <translation>还要输入密码。</translation>
    </message>
    <message>
        <source>Number or PIN is wrong: again.</source>
        <translation>工号或密码不对，请重输。</translation>
    </message>
    <message>
        <source>Too many wrong PINs: this number is locked for a while.</source>
        <translation>密码错得太多：该工号暂时锁住。</translation>
    </message>
    <message>
        <source>A licence number has letters and digits only.</source>
        <translation>注册证号只能有字母和数字。</translation>
    </message>
    <message>
        <source>These days do not fit: write 2026-01-31, the last not before the first.</source>
        <translation>日期不对：写成 2026-01-31，止期不能早于起期。</translation>
    </message>
    <message>
        <source>A notice takes 1 to 12 points.</source>
        <translation>一份通知记 1 到 12 分。</translation>
    </message>
    <message>
        <source>Write the number of the bureau&apos;s notice.</source>
        <translation>请写医保局通知的文号。</translation>
    </message>
    <message>
        <source>A notice of this number is entered already.</source>
        <translation>这个文号已经录入过。</translation>
    </message>
    <message>
        <source>There is no notice of this number.</source>
        <translation>没有这个文号的通知。</translation>
    </message>
    <message>
        <source>active</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>suspended</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>terminated</source>
        <translation>终止</translation>
    </message>
    <message>
        <source>! No pharmacist is on duty: prescription drugs stop.</source>
        <translation>! 药师不在岗：处方药先停。</translation>
    </message>
    <message>
        <source>✓ On duty: %1</source>
        <translation>✓ 在岗：%1</translation>
    </message>
    <message>
        <source>%1: apply for recovery by %2, the answer is due by %3.</source>
        <translation>%1：%2 前申请恢复，%3 前应有答复。</translation>
    </message>
    <message>
        <source> (The holidays of a year are not in the profile yet.)</source>
        <translation>（有一年的节假日还没录入地区配置，按周末推算。）</translation>
    </message>
</context>
<context>
    <name>Event</name>
    <message>
        <source>scanned into a sale</source>
        <translation>扫码进单</translation>
    </message>
    <message>
        <source>taken out of the sale</source>
        <translation>从单里撤下</translation>
    </message>
    <message>
        <source>sold</source>
        <translation>已售出</translation>
    </message>
    <message>
        <source>receipt printed</source>
        <translation>小票已打</translation>
    </message>
    <message>
        <source>platform answered</source>
        <translation>平台已回复</translation>
    </message>
    <message>
        <source>returned by the customer</source>
        <translation>顾客退货</translation>
    </message>
    <message>
        <source>scan refused</source>
        <translation>扫码未通过</translation>
    </message>
    <message>
        <source>damaged read</source>
        <translation>没读全</translation>
    </message>
    <message>
        <source>left the shop</source>
        <translation>已售出店</translation>
    </message>
    <message>
        <source>typed on into the till</source>
        <translation>已打入收银系统</translation>
    </message>
    <message>
        <source>doubt settled: free for this sale</source>
        <translation>存疑已查清：归本单</translation>
    </message>
    <message>
        <source>doubt settled: another sale has it</source>
        <translation>存疑已查清：已被他单占用</translation>
    </message>
    <message>
        <source>insurance asked to settle</source>
        <translation>请求医保结算</translation>
    </message>
    <message>
        <source>insurance settled</source>
        <translation>医保已结算</translation>
    </message>
    <message>
        <source>insurance did not settle</source>
        <translation>医保未结算</translation>
    </message>
    <message>
        <source>settlement&apos;s answer lost</source>
        <translation>医保结算结果不明</translation>
    </message>
    <message>
        <source>settlement cancelled</source>
        <translation>医保结算已撤销</translation>
    </message>
    <message>
        <source>return written down</source>
        <translation>退货单已记账</translation>
    </message>
    <message>
        <source>put back for sale</source>
        <translation>恢复可售</translation>
    </message>
    <message>
        <source>sold by the old system</source>
        <translation>旧系统已售</translation>
    </message>
    <message>
        <source>returned in the old system</source>
        <translation>旧系统已退</translation>
    </message>
    <message>
        <source>received</source>
        <translation>收货入库</translation>
    </message>
    <message>
        <source>opening stock</source>
        <translation>期初库存</translation>
    </message>
    <message>
        <source>refused at receiving</source>
        <translation>收货拒收</translation>
    </message>
    <message>
        <source>opened for sale in units</source>
        <translation>拆零开盒</translation>
    </message>
    <message>
        <source>units sold</source>
        <translation>拆零售出</translation>
    </message>
    <message>
        <source>all units sold</source>
        <translation>拆零售完</translation>
    </message>
    <message>
        <source>sent back to the supplier</source>
        <translation>购进退出</translation>
    </message>
    <message>
        <source>transferred to another store</source>
        <translation>调出</translation>
    </message>
    <message>
        <source>came from another store</source>
        <translation>调入</translation>
    </message>
    <message>
        <source>destroyed</source>
        <translation>销毁</translation>
    </message>
    <message>
        <source>missing at a stock-take</source>
        <translation>盘亏</translation>
    </message>
    <message>
        <source>found at a stock-take</source>
        <translation>盘盈</translation>
    </message>
    <message>
        <source>outer pack opened</source>
        <translation>外包装拆开</translation>
    </message>
    <message>
        <source>approved by a second person</source>
        <translation>第二人已确认</translation>
    </message>
    <message>
        <source>platform: settled elsewhere</source>
        <translation>平台：已在他处结算</translation>
    </message>
    <message>
        <source>platform: taken after all</source>
        <translation>平台：后来已受理</translation>
    </message>
</context>
<context>
    <name>Fault</name>
    <message>
        <source>Something in the program went wrong. The counter stays open.</source>
        <translation>程序出了点问题，收银台还能接着用。</translation>
    </message>
    <message>
        <source>What is on the disk is safe. Please report it; the log has details.</source>
        <translation>已保存的数据都在。请告诉技术人员，日志里有详情。</translation>
    </message>
    <message>
        <source>Another Pharmacy Desk is already open on {path}.</source>
        <translation>药房柜台已经打开，正在使用 {path}。</translation>
    </message>
    <message>
        <source>Use that window, or close it first.</source>
        <translation>请用已打开的窗口，或先把它关掉。</translation>
    </message>
    <message>
        <source>Nothing can be written to {path}.</source>
        <translation>{path} 写不进去。</translation>
    </message>
    <message>
        <source>Check that the disk is not read-only and that you may write there.</source>
        <translation>请看看磁盘是不是只读，有没有写入权限。</translation>
    </message>
    <message>
        <source>The disk is full; this step was not saved.</source>
        <translation>磁盘满了，这一步没有存上。</translation>
    </message>
    <message>
        <source>Free some space, then do it again. Nothing before it is lost.</source>
        <translation>请腾出一些空间再做一次，之前的都没有丢。</translation>
    </message>
    <message>
        <source>The ledger was written by a newer program ({schema}).</source>
        <translation>本机数据是新版程序写的（{schema}）。</translation>
    </message>
    <message>
        <source>Install the newer program; this one changes nothing.</source>
        <translation>请安装新版程序，旧版不会改动数据。</translation>
    </message>
    <message>
        <source>It was not changed. Use the version that made it, or set this home aside and begin a new one.</source>
        <translation>账本未作任何改动。请使用建立它的版本，或把这个文件夹另行保存后新建。</translation>
    </message>
    <message>
        <source>The ledger cannot be read: {detail}.</source>
        <translation>本机数据读不出来：{detail}。</translation>
    </message>
    <message>
        <source>Do not sell on this counter. Restore the last backup.</source>
        <translation>这台先不要收银，请恢复最近一次备份。</translation>
    </message>
    <message>
        <source>The ledger is gone or empty: everything since {since} is missing.</source>
        <translation>账本不见了或已被清空：缺少自 {since} 以来的全部记录。</translation>
    </message>
    <message>
        <source>A manager restores a backup, or begins anew without it.</source>
        <translation>请店长恢复备份，或决定不再找回、重新开始。</translation>
    </message>
    <message>
        <source>The ledger lacks everything that came after {since}.</source>
        <translation>账本缺少 {since} 之后的全部记录。</translation>
    </message>
    <message>
        <source>It once held more. A manager restores a newer backup, or goes on without it.</source>
        <translation>账本原来的记录更多。请店长恢复更新的备份，或决定不再找回、继续营业。</translation>
    </message>
    <message>
        <source>The settings of this store are gone: {path}.</source>
        <translation>本店的设置文件不见了：{path}。</translation>
    </message>
    <message>
        <source>Put the file back, restore a backup, or let a manager have written what the ledger remembers of them.</source>
        <translation>请放回该文件、恢复备份，或由店长决定按账本记住的内容重新写入。</translation>
    </message>
    <message>
        <source>The settings have no store code: {path}.</source>
        <translation>设置中没有机构编码：{path}。</translation>
    </message>
    <message>
        <source>Put it in, restore a backup, or let a manager have written what the ledger remembers of them.</source>
        <translation>请补上编码、恢复备份，或由店长决定按账本记住的内容重新写入。</translation>
    </message>
    <message>
        <source>Nothing is missing here.</source>
        <translation>这里没有缺失。</translation>
    </message>
    <message>
        <source>There is nothing to decide.</source>
        <translation>无需决定。</translation>
    </message>
    <message>
        <source>The decision was not taken ({why}).</source>
        <translation>决定未被接受（{why}）。</translation>
    </message>
    <message>
        <source>It takes a manager&apos;s number and PIN, and a reason that names no person.</source>
        <translation>需要店长的工号和密码，以及不含个人信息的理由。</translation>
    </message>
    <message>
        <source>The backup {path} cannot be used ({detail}).</source>
        <translation>备份 {path} 不能使用（{detail}）。</translation>
    </message>
    <message>
        <source>Choose another one; nothing was changed.</source>
        <translation>请另选一个；没有任何改动。</translation>
    </message>
    <message>
        <source>The setting {key} in {path} {why}.</source>
        <translation>{path} 里的设置 {key} 要改：{why}。</translation>
    </message>
    <message>
        <source>Correct the file, or take the line out to get the default.</source>
        <translation>请改一下文件，或删掉这一行用默认值。</translation>
    </message>
    <message>
        <source>The region profile {name} is missing or incomplete.</source>
        <translation>地区配置 {name} 没找到或不完整。</translation>
    </message>
    <message>
        <source>Choose another profile in the settings.</source>
        <translation>请在设置里换一个地区配置。</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>没找到文件 {path}。</translation>
    </message>
    <message>
        <source>Check the name.</source>
        <translation>请核对文件名。</translation>
    </message>
    <message>
        <source>The settings file {path} cannot be read ({detail}).</source>
        <translation>设置文件 {path} 无法读取（{detail}）。</translation>
    </message>
    <message>
        <source>The file {path} may not be read.</source>
        <translation>没有权限读取文件 {path}。</translation>
    </message>
    <message>
        <source>Give this user the right to read it.</source>
        <translation>请给当前用户读取权限。</translation>
    </message>
    <message>
        <source>{path} is not a file but a folder, a pipe or a device.</source>
        <translation>{path} 不是文件，而是文件夹、管道或设备。</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>请选择一个文件。</translation>
    </message>
    <message>
        <source>The file {path} is not text in UTF-8 ({detail}).</source>
        <translation>文件 {path} 不是 UTF-8 文本（{detail}）。</translation>
    </message>
    <message>
        <source>Save it as UTF-8.</source>
        <translation>请另存为 UTF-8。</translation>
    </message>
    <message>
        <source>No ticket has come from the till yet: this box is not in.</source>
        <translation>收银系统还没有传来小票，这盒没有加入。</translation>
    </message>
    <message>
        <source>Ring the sale up at the till first, then scan.</source>
        <translation>请先在收银系统开单，再扫药盒。</translation>
    </message>
    <message>
        <source>It lies in the folder “refused” with this sentence beside it.</source>
        <translation>文件在“refused”文件夹里，旁边有同样的说明。</translation>
    </message>
    <message>
        <source>Put it right in the till; its database is asked again.</source>
        <translation>请在收银系统里改正；程序会再次查询。</translation>
    </message>
    <message>
        <source>The query on the till&apos;s database lacks {missing}. It gives: {found}.</source>
        <translation>收银系统数据库的查询缺少列：{missing}。现有列：{found}。</translation>
    </message>
    <message>
        <source>Name the columns in the query, or in the setting till.columns.</source>
        <translation>请在查询里给这些列取我们的名字，或在设置“收银系统的列名”里写明它怎么叫。</translation>
    </message>
    <message>
        <source>The till&apos;s database gives no answer ({detail}).</source>
        <translation>收银系统的数据库没有给出结果（{detail}）。</translation>
    </message>
    <message>
        <source>Look at its address, account and query; it is asked again.</source>
        <translation>请核对地址、账号和查询语句；程序会再次查询。</translation>
    </message>
    <message>
        <source>The till&apos;s database cannot be spoken to ({detail}).</source>
        <translation>无法连接收银系统的数据库（{detail}）。</translation>
    </message>
    <message>
        <source>Install the extra “sql” and the engine&apos;s driver, or mend till.sql_url.</source>
        <translation>请安装连接数据库的附加组件和该数据库的驱动，或改正设置里的地址。</translation>
    </message>
    <message>
        <source>The query in {path} is not sent: it is not a single plain SELECT.</source>
        <translation>{path} 里的查询没有发送：它不是单独一条只读取的查询。</translation>
    </message>
    <message>
        <source>Write one SELECT; nothing is changed in the till&apos;s database from here.</source>
        <translation>请只写一条读取数据的查询；本程序从不改动收银系统的数据库。</translation>
    </message>
    <message>
        <source>The setting {name} is empty.</source>
        <translation>设置 {name} 是空的。</translation>
    </message>
    <message>
        <source>Say there what is asked of the till&apos;s database.</source>
        <translation>请在该设置里填写。</translation>
    </message>
    <message>
        <source>The till&apos;s database has not answered within {seconds} s.</source>
        <translation>收银系统的数据库 {seconds} 秒内没有回答。</translation>
    </message>
    <message>
        <source>Make the query quicker, or ask who runs the database.</source>
        <translation>请优化查询，或联系数据库管理员。</translation>
    </message>
    <message>
        <source>The query on the till&apos;s database gives more than {most} rows.</source>
        <translation>收银系统数据库的查询返回超过 {most} 行。</translation>
    </message>
    <message>
        <source>Limit it to what is open at this counter.</source>
        <translation>请在查询里只取本收银台未完成的小票。</translation>
    </message>
    <message>
        <source>Another program listens on port {port}: the till cannot reach us.</source>
        <translation>端口 {port} 被别的程序占用，收银系统连不上本程序。</translation>
    </message>
    <message>
        <source>End that program, or set another port under “Beside another till”.</source>
        <translation>请关掉那个程序，或在“与收银系统配合”里换一个端口。</translation>
    </message>
    <message>
        <source>The file {path} cannot be read ({detail}).</source>
        <translation>文件 {path} 读不出来（{detail}）。</translation>
    </message>
    <message>
        <source>Export it again as CSV or XLSX.</source>
        <translation>请重新导出为 CSV 或 XLSX。</translation>
    </message>
    <message>
        <source>The disk is full or cannot be written: the first {rows} rows are in, the rest is not.</source>
        <translation>磁盘已满或无法写入：文件的前 {rows} 行已导入，其余没有导入。</translation>
    </message>
    <message>
        <source>Free some space, then import the file again.</source>
        <translation>请腾出空间后重新导入该文件。</translation>
    </message>
    <message>
        <source>This list of limits is of {day}; one of {newest} is in use.</source>
        <translation>这份限制名单是 {day} 的；正在用的是 {newest} 的。</translation>
    </message>
    <message>
        <source>Get the newest list from the insurance bureau and import that.</source>
        <translation>请向医保局取最新一版再导入。</translation>
    </message>
    <message>
        <source>The disk is full or cannot be written: {done} are posted, the rest of the file is not.</source>
        <translation>磁盘已满或无法写入：{done} 已过账，文件的其余部分没有。</translation>
    </message>
    <message>
        <source>Free some space, then import only the rest.</source>
        <translation>请腾出空间后只导入其余部分。</translation>
    </message>
    <message>
        <source>The first row has no columns {columns}.</source>
        <translation>第一行缺这些列：{columns}。</translation>
    </message>
    <message>
        <source>Name these columns in the first row and import again.</source>
        <translation>请在第一行写上这些列名，再导入一次。</translation>
    </message>
    <message>
        <source>The scanner is not connected.</source>
        <translation>扫码枪没有连上。</translation>
    </message>
    <message>
        <source>Plug it in; it is found again by itself.</source>
        <translation>请插好，会自动重新连上。</translation>
    </message>
    <message>
        <source>Add this user to the group that may use serial ports.</source>
        <translation>请技术人员给当前用户开通串口权限。</translation>
    </message>
    <message>
        <source>Something in reading from the scanner {name} went wrong.</source>
        <translation>从扫码设备 {name} 读取时出错。</translation>
    </message>
    <message>
        <source>It goes on. Check whether the last box is in, and send the log.</source>
        <translation>设备会继续读取。请核对上一盒是否已录入，并提供日志。</translation>
    </message>
    <message>
        <source>The receipt was not printed ({printer}). The sale is complete.</source>
        <translation>小票没打出来（{printer}），这单已经完成。</translation>
    </message>
    <message>
        <source>Check paper and cable, then press Ctrl+P to print it again.</source>
        <translation>请看看纸和连接线，再按 Ctrl+P 补打。</translation>
    </message>
    <message>
        <source>{url} is no address of a platform.</source>
        <translation>{url} 不是可用的平台地址。</translation>
    </message>
    <message>
        <source>A practice home does not reach {url}.</source>
        <translation>培训模式不连接 {url}。</translation>
    </message>
    <message>
        <source>Set up the store first; training stays on this machine.</source>
        <translation>请先设置门店，培训只在本机进行。</translation>
    </message>
    <message>
        <source>A person&apos;s number (identity number, e-voucher or phone) stands in what was to be kept ({where}). Nothing was written.</source>
        <translation>要保存的内容里有个人号码（身份证号、医保码或手机号）（{where}），没有保存。</translation>
    </message>
    <message>
        <source>Leave the number out and try again.</source>
        <translation>请去掉这个号码再试。</translation>
    </message>
    <message>
        <source>There is no receipt {number} here.</source>
        <translation>这里没有小票 {number}。</translation>
    </message>
    <message>
        <source>Check the number on the paper.</source>
        <translation>请核对小票上的号码。</translation>
    </message>
    <message>
        <source>That is not a trace code.</source>
        <translation>这不是追溯码。</translation>
    </message>
    <message>
        <source>Scan or type the 20 characters on the box.</source>
        <translation>请扫或输入盒上的 20 位追溯码。</translation>
    </message>
    <message>
        <source>The script is wrong in line {line}: {why}.</source>
        <translation>脚本第 {line} 行要改：{why}。</translation>
    </message>
    <message>
        <source>Correct the line.</source>
        <translation>请改一下这一行。</translation>
    </message>
    <message>
        <source>The {program} did not start.</source>
        <translation>{program} 没有启动起来。</translation>
    </message>
    <message>
        <source>Start again; if it stays so, run pharmacy-desk doctor.</source>
        <translation>请重新打开；还不行就运行 pharmacy-desk doctor。</translation>
    </message>
    <message>
        <source>The window cannot open: this machine lacks {libraries}.</source>
        <translation>窗口打不开：这台电脑缺少系统库 {libraries}。</translation>
    </message>
    <message>
        <source>The key of this home cannot be read ({path}).</source>
        <translation>本机密钥读不出来（{path}）。</translation>
    </message>
    <message>
        <source>Restore the key file from the backup; nothing is sent until then.</source>
        <translation>请从备份恢复密钥文件，恢复前不会上传。</translation>
    </message>
    <message>
        <source>No upload platform is set up.</source>
        <translation>还没有设置追溯上传平台。</translation>
    </message>
    <message>
        <source>Fill in its address in the settings.</source>
        <translation>请在设置里填上传地址。</translation>
    </message>
    <message>
        <source>The insurance does not settle this sale: {detail}.</source>
        <translation>医保拒绝结算本单：{detail}。</translation>
    </message>
    <message>
        <source>Correct the sale, or let the customer pay without insurance (F3).</source>
        <translation>请更正本单，或改为自费收款（F3）。</translation>
    </message>
    <message>
        <source>Whether the insurance settled this sale is not known ({detail}).</source>
        <translation>本单医保是否已结算尚不清楚（{detail}）。</translation>
    </message>
    <message>
        <source>The insurance settled {number}, this sale cannot be paid, and it stands.</source>
        <translation>医保已结算（{number}），但本单不能收款，且该结算未能撤销。</translation>
    </message>
    <message>
        <source>Nothing came back. Do what it says, or cancel it at the insurance&apos;s own terminal.</source>
        <translation>没有退货。请按提示处理，或到医保终端撤销结算。</translation>
    </message>
    <message>
        <source>The parts of settlement {number} come to ¥{parts}, the sale to ¥{total}.</source>
        <translation>结算 {number} 的各项合计 ¥{parts}，与应收 ¥{total} 不符。</translation>
    </message>
    <message>
        <source>Nothing is paid. Compare with the insurance&apos;s slip and settle again; what the line has settled so is cancelled by itself.</source>
        <translation>没有收款。请与医保结算单核对后重新结算；线上这样结的会自动撤销。</translation>
    </message>
    <message>
        <source>The answer was lost; the insurance was asked and holds no settlement.</source>
        <translation>结算应答丢失；已向医保查询并冲正，医保没有该笔结算。</translation>
    </message>
    <message>
        <source>Settle again: F2, and the customer shows the card once more.</source>
        <translation>请重新结算：按 F2，请顾客再出示一次凭证。</translation>
    </message>
    <message>
        <source>The program did not answer in time ({step}).</source>
        <translation>程序没有及时回应（{step}）。</translation>
    </message>
    <message>
        <source>Look into its log.</source>
        <translation>请查看运行日志。</translation>
    </message>
    <message>
        <source>A box was scanned while the settlement was asked, which failed.</source>
        <translation>结算时扫了一盒，结算没有成功。</translation>
    </message>
    <message>
        <source>It is not in. Scan it again.</source>
        <translation>这盒没有进单，请重扫。</translation>
    </message>
    <message>
        <source>The picture {path} cannot be read.</source>
        <translation>图片 {path} 读不出来。</translation>
    </message>
    <message>
        <source>A trial version of the program began this ledger, which lacks {part} ({schema}).</source>
        <translation>账本由试用版程序建立，缺少 {part}（{schema}）。</translation>
    </message>
    <message>
        <source>Save it in UTF-8, or put the last good one back.</source>
        <translation>请另存为 UTF-8，或放回上一个好的文件。</translation>
    </message>
    <message>
        <source>Take it again, or save it as JPEG or PNG.</source>
        <translation>请重新拍照，或另存为 PNG 图片。</translation>
    </message>
    <message>
        <source>Take it with fewer; 12 million are enough for a tray.</source>
        <translation>请降低分辨率重拍，一个托盘 1200 万像素就够了。</translation>
    </message>
    <message>
        <source>There is no camera to be used ({detail}).</source>
        <translation>没有可用的摄像头（{detail}）。</translation>
    </message>
    <message>
        <source>Choose a picture file, or let the camera&apos;s program fill a folder.</source>
        <translation>请选择图片文件，或让高拍仪软件把图片存到文件夹。</translation>
    </message>
    <message>
        <source>The scanner {name} may not be read.</source>
        <translation>没有权限读取扫码枪 {name}。</translation>
    </message>
    <message>
        <source>Install its udev rule (pharmacy-desk doctor says how), then plug it in again.</source>
        <translation>按 pharmacy-desk doctor 给出的命令安装设备权限规则，再重新插上。</translation>
    </message>
    <message>
        <source>The scanner {name} types like a keyboard.</source>
        <translation>扫码枪 {name} 处于键盘模式。</translation>
    </message>
    <message>
        <source>Scan “USB HID-POS” in its manual, or switch HID-POS off here.</source>
        <translation>扫一下说明书上的 USB HID-POS 设置码，或在这里关闭 HID-POS。</translation>
    </message>
    <message>
        <source>The scanner {name} is in its setup mode and reads no box.</source>
        <translation>扫码枪 {name} 在设置模式，读不了药盒。</translation>
    </message>
    <message>
        <source>Leave it alone for 5 seconds, or unplug it and plug it in again.</source>
        <translation>等 5 秒不要动它，或者拔下来再插上。</translation>
    </message>
    <message>
        <source>The port of scanner {name} may not be opened.</source>
        <translation>没有权限打开扫码枪 {name} 的串口。</translation>
    </message>
    <message>
        <source>{why} The till&apos;s file {path} was not taken.</source>
        <translation>{why}收银系统的文件 {path} 没有收下。</translation>
    </message>
    <message>
        <source>{why} Ticket {ticket} of the till&apos;s database was not taken.</source>
        <translation>{why}收银系统数据库里的小票 {ticket} 没有收下。</translation>
    </message>
    <message>
        <source>The file {path} is too large: it, or what it holds, is over {most} bytes.</source>
        <translation>文件 {path} 过大：文件本身或其内容超过 {most} 字节。</translation>
    </message>
    <message>
        <source>Export only what is needed.</source>
        <translation>请只导出需要的部分。</translation>
    </message>
    <message>
        <source>The picture {path} has more than 80 million pixels, or over 20 000 in a row or column.</source>
        <translation>图片 {path} 超过 8000 万像素，或某一边超过 20 000 像素。</translation>
    </message>
    <message>
        <source>Write scheme, host, port (1 to 65535) and path as the bureau gave them, without user name, query or special characters.</source>
        <translation>请照医保局给的写：协议、主机、端口（1 到 65535）和路径，不要带用户名、查询参数或特殊字符。</translation>
    </message>
    <message>
        <source>There is no document {number} here.</source>
        <translation>这里没有单据 {number}。</translation>
    </message>
    <message>
        <source>Check its number.</source>
        <translation>请核对单号。</translation>
    </message>
    <message>
        <source>Type {command}, then start again.</source>
        <translation>请在终端输入 {command}，再重新打开。</translation>
    </message>
    <message>
        <source>The line to the insurance is down: nothing can be settled ({detail}).</source>
        <translation>断网不能医保结算（{detail}）。</translation>
    </message>
    <message>
        <source>F3: the customer pays; F4: put the sale aside until the line is back; F2 tries again.</source>
        <translation>按 F3 改自费，或按 F4 挂单等线路恢复；按 F2 再试。</translation>
    </message>
    <message>
        <source>It is asked again by itself; Enter asks now, F4 puts the sale aside for the next customer. Until then it cannot be changed.</source>
        <translation>系统会自动再查；按 Enter 立即查询，按 F4 挂起本单、接待下一位顾客。在此之前本单不能改动。</translation>
    </message>
    <message>
        <source>Cancelling {number} is tried again by itself; if it stays, cancel it at the insurance&apos;s own terminal.</source>
        <translation>系统会自动再次撤销 {number}；若一直撤不掉，请到医保终端上撤销。</translation>
    </message>
    <message>
        <source>The insurance did not cancel the settlement: {detail}.</source>
        <translation>医保没有撤销结算：{detail}。</translation>
    </message>
    <message>
        <source>The insurance asks for whom it is.</source>
        <translation>医保结算需要参保人凭证。</translation>
    </message>
    <message>
        <source>Press F2 and scan the e-voucher, social-security card or identity card.</source>
        <translation>请按 F2，扫医保码、社保卡或身份证。</translation>
    </message>
    <message>
        <source>The person&apos;s insurance is suspended (since {since}): it pays nothing.</source>
        <translation>参保人暂停参保（自 {since} 起），医保不予支付。</translation>
    </message>
    <message>
        <source>Let the customer pay (F3), or ask at the insurance bureau.</source>
        <translation>请改自费（F3），或请顾客向医保经办机构查询。</translation>
    </message>
    <message>
        <source>This box is not in: the manager has to come first.</source>
        <translation>这盒没有加入：先请店长来看一下。</translation>
    </message>
    <message>
        <source>A box was scanned three times again. Let the manager approve, then scan.</source>
        <translation>有一盒重复扫了三次。请店长确认后再扫。</translation>
    </message>
    <message>
        <source>neither UTF-8 nor GB18030 text</source>
        <translation>不是 UTF-8 或 GB18030 文本</translation>
    </message>
</context>
<context>
    <name>Gate</name>
    <message>
        <source>%1 boxes still to scan</source>
        <translation>还差 %1 盒未扫</translation>
    </message>
    <message>
        <source>Lot or dates missing: %1</source>
        <translation>还差批号或日期：%1</translation>
    </message>
    <message>
        <source>No insurance settlement yet</source>
        <translation>还没有医保结算</translation>
    </message>
    <message>
        <source>Scan the boxes, or take the lines out. Without codes insurance does not pay.</source>
        <translation>请把药盒扫完，或删掉这几行。无码医保不结算。</translation>
    </message>
    <message>
        <source>No drug, not in an insured sale (substitution): %1</source>
        <translation>非药品，不能与医保同单（串换）：%1</translation>
    </message>
    <message>
        <source>Sell it in a sale of its own with F3, or take the line out.</source>
        <translation>请单开一单按 F3 自费，或删掉这一行。</translation>
    </message>
    <message>
        <source>Nobody has told yet what it is: %1</source>
        <translation>品类还没有补全：%1</translation>
    </message>
    <message>
        <source>Sell it with F3, or have the office complete it first (Ctrl+7).</source>
        <translation>请按 F3 自费，或先请后台补全资料（Ctrl+7）。</translation>
    </message>
    <message>
        <source>Not on the list this insurance pays: %1</source>
        <translation>不在该医保类型的目录内：%1</translation>
    </message>
    <message>
        <source>Settle it by another kind of insurance (F2), with F3, or take the line out.</source>
        <translation>请换一种医保类型（F2）、按 F3 自费，或移除该行。</translation>
    </message>
    <message>
        <source>Nothing here that insurance pays</source>
        <translation>没有医保可以支付的商品</translation>
    </message>
    <message>
        <source>Press F3: the customer pays all of it.</source>
        <translation>请按 F3，由顾客自费。</translation>
    </message>
    <message>
        <source>Fill in lot and dates from the box below.</source>
        <translation>请照药盒，在下面填批号和日期。</translation>
    </message>
    <message>
        <source>Settle on the insurance terminal and type its number, or wait for the line.</source>
        <translation>请在医保终端结算后输入结算号，或等线路恢复。</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation>，还有 %1 种</translation>
    </message>
    <message>
        <source>%1 boxes without code: insurance does not take them</source>
        <translation>%1 盒无码，医保不能结算</translation>
    </message>
    <message>
        <source>Not for sale any more: %1</source>
        <translation>现已不能销售：%1</translation>
    </message>
    <message>
        <source>Free or not is not known: %1</source>
        <translation>是否已售未知：%1</translation>
    </message>
    <message>
        <source>Expired: %1</source>
        <translation>已过期：%1</translation>
    </message>
    <message>
        <source>Near expiry: %1</source>
        <translation>近效期：%1</translation>
    </message>
    <message>
        <source>No receiving record: %1</source>
        <translation>没有收货记录：%1</translation>
    </message>
    <message>
        <source>Not asked for: %1</source>
        <translation>本单没有点这个药：%1</translation>
    </message>
    <message>
        <source>May not be given away: %1</source>
        <translation>不得作赠品：%1</translation>
    </message>
    <message>
        <source>Enter asks a second person to approve it.</source>
        <translation>按 Enter 请第二人审批。</translation>
    </message>
    <message>
        <source>Bought since 2025-07-01, or the region&apos;s term is over. Sell them in a sale of their own with F3, or take them out.</source>
        <translation>2025-07-01 起购进，或本地无码结算已截止。单独按 F3 自费结，或取出这些盒。</translation>
    </message>
    <message>
        <source>This became known after the scan. Take the box out of the sale, then pay.</source>
        <translation>这是扫码之后才得知的。请把这一盒从销售单中取出，再付款。</translation>
    </message>
    <message>
        <source>Choose the gift line and press Ctrl+G: it is paid for then.</source>
        <translation>选中赠品行按 Ctrl+G 改为收费。</translation>
    </message>
    <message>
        <source>Take the boxes out of the sale and off the shelf.</source>
        <translation>从本单退出，并下架。</translation>
    </message>
    <message>
        <source>Wait until the counters hear each other again, or take the boxes out.</source>
        <translation>等柜台之间恢复联系，或把这些药盒移出销售单。</translation>
    </message>
    <message>
        <source>Scan boxes that last longer, or let the customer pay another way.</source>
        <translation>换效期长的药盒，或请顾客换支付方式。</translation>
    </message>
    <message>
        <source>Receive the boxes first (Ctrl+2), or let the customer pay another way.</source>
        <translation>先做收货（Ctrl+2），或请顾客换支付方式。</translation>
    </message>
    <message>
        <source>Scan the drug&apos;s commodity barcode, or take the line out.</source>
        <translation>先扫商品条码，或删除该行。</translation>
    </message>
    <message>
        <source>Recalled: %1</source>
        <translation>已召回：%1</translation>
    </message>
    <message>
        <source>Another price than the catalogue&apos;s: %1</source>
        <translation>不是目录价：%1</translation>
    </message>
    <message>
        <source>The insurance settles catalogue prices: choose the line, press Ctrl+B and take the change back, or pay with F3.</source>
        <translation>医保按目录价结算：选中这行，按 Ctrl+B 恢复原价；或按 F3 自费。</translation>
    </message>
    <message>
        <source>Dearer than the insurance lets it be: %1</source>
        <translation>高于医保限价：%1</translation>
    </message>
    <message>
        <source>Have the office put its price right (Ctrl+7), or let the customer pay with F3.</source>
        <translation>请后台改正零售价（Ctrl+7），或按 F3 自费。</translation>
    </message>
    <message>
        <source>The pharmacist on duty is suspended: %1</source>
        <translation>在岗药师医保资格暂停：%1</translation>
    </message>
    <message>
        <source>Another pharmacist signs on with Ctrl+9; or sell it self-paid with F3.</source>
        <translation>请另一位药师按 Ctrl+9 在岗；或按 F3 自费。</translation>
    </message>
    <message>
        <source>No pharmacist is on duty: %1</source>
        <translation>药师不在岗：%1</translation>
    </message>
    <message>
        <source>The pharmacist signs on with Ctrl+9, or take the line out.</source>
        <translation>请药师按 Ctrl+9 在岗，或取出这一行。</translation>
    </message>
    <message>
        <source>Name on the identity card needed: %1</source>
        <translation>需登记证件姓名：%1</translation>
    </message>
    <message>
        <source>Press Ctrl+K and type the name on the card: the register needs it.</source>
        <translation>请按 Ctrl+K 输入证件上的姓名：专册登记需要。</translation>
    </message>
    <message>
        <source>Identity card needed: %1</source>
        <translation>需登记身份证：%1</translation>
    </message>
    <message>
        <source>Ask the buyer for the identity card; scan it or type its number with Ctrl+K.</source>
        <translation>请查验购买人身份证：按 Ctrl+K 扫描或输入号码。</translation>
    </message>
    <message>
        <source>At most %1 packs of preparations with ephedrine a sale</source>
        <translation>含麻黄碱类复方制剂一次最多售 %1 个最小包装</translation>
    </message>
    <message>
        <source>Take out what is too much; more needs a doctor&apos;s prescription.</source>
        <translation>请取出多余的；超量须凭处方。</translation>
    </message>
    <message>
        <source>Take the line out, or let the customer pay it with F3.</source>
        <translation>取出这一行，或按 F3 自费结账。</translation>
    </message>
    <message>
        <source>Beyond what insurance pays: %1</source>
        <translation>超出医保支付限制：%1</translation>
    </message>
    <message>
        <source>Settlement intercepted: %1</source>
        <translation>结算拦截：%1</translation>
    </message>
    <message>
        <source>Reminder: %1</source>
        <translation>提醒：%1</translation>
    </message>
    <message>
        <source>Let the customer pay with F3. A manager can look at the dates in the settings, Store.</source>
        <translation>请按 F3 自费结账。店长可在“设置 · 门店”里核对日期。</translation>
    </message>
    <message>
        <source>This store does not settle with the insurance</source>
        <translation>本店不是医保定点，不做医保结算</translation>
    </message>
    <message>
        <source>The store&apos;s agreement with the insurance has not begun</source>
        <translation>本店医保协议尚未生效</translation>
    </message>
    <message>
        <source>The store&apos;s agreement with the insurance is over</source>
        <translation>本店医保协议已到期</translation>
    </message>
    <message>
        <source>The insurance has suspended this store</source>
        <translation>本店医保结算已被暂停</translation>
    </message>
    <message>
        <source>Prescription used up: %1</source>
        <translation>处方已用完：%1</translation>
    </message>
    <message>
        <source>It was dispensed on receipt %2 at %3. A prescription is dispensed once: ask for a new one, or take the lines out.</source>
        <translation>已于 %3 在小票 %2 上调配。一张处方只调配一次：请换新处方，或取出这些药品。</translation>
    </message>
    <message>
        <source>More than the prescription has left: %1</source>
        <translation>超过处方剩余数量：%1</translation>
    </message>
    <message>
        <source>%2 packs are left on it. Take the others out.</source>
        <translation>处方上只剩 %2 盒，请取出多余的。</translation>
    </message>
    <message>
        <source>Prescription missing: %1</source>
        <translation>缺处方：%1</translation>
    </message>
    <message>
        <source>Press Ctrl+Q and enter the prescription, or take the lines out.</source>
        <translation>按 Ctrl+Q 登记处方，或取出这些药品。</translation>
    </message>
    <message>
        <source>Not on the prescription: %1</source>
        <translation>处方上没有：%1</translation>
    </message>
    <message>
        <source>Take the boxes out, or enter the prescription that names them.</source>
        <translation>取出这些药盒，或登记开了它们的处方。</translation>
    </message>
    <message>
        <source>Prescription from outside the area: %1</source>
        <translation>统筹区外的处方：%1</translation>
    </message>
    <message>
        <source>%3 lies in area %4. Insurance takes no prescription from outside the area: ask for one from here, or sell with F3.</source>
        <translation>%3 在统筹区 %4。医保不收统筹区外的处方：请换本地处方，或按 F3 自费。</translation>
    </message>
    <message>
        <source>Area of the prescription not told: %1</source>
        <translation>没填处方的统筹区：%1</translation>
    </message>
    <message>
        <source>Press Ctrl+Q and tell in which area %3 lies.</source>
        <translation>按 Ctrl+Q，填 %3 所在的统筹区。</translation>
    </message>
    <message>
        <source>Prescription out of date: %1</source>
        <translation>处方已过期：%1</translation>
    </message>
    <message>
        <source>It was written on %5. Ask for a new one.</source>
        <translation>处方开于 %5，请换新处方。</translation>
    </message>
    <message>
        <source>Institution or prescriber not on the list: %1</source>
        <translation>医疗机构或医师不在名单内：%1</translation>
    </message>
    <message>
        <source>The region&apos;s list does not have %3 or its prescriber. Ask the bureau.</source>
        <translation>本地名单里没有 %3 或其医师，请问医保局。</translation>
    </message>
    <message>
        <source>Electronic prescription needed: %1</source>
        <translation>需要电子处方：%1</translation>
    </message>
    <message>
        <source>This kind of payment takes electronic prescriptions only: press Ctrl+Q and scan its code, or choose another kind.</source>
        <translation>这种结算只收电子处方：按 Ctrl+Q 扫它的码，或换一种结算。</translation>
    </message>
    <message>
        <source>Let the customer pay (F3), or ask at the insurance bureau.</source>
        <translation>请改自费（F3），或请顾客向医保经办机构查询。</translation>
    </message>
    <message>
        <source>The person&apos;s insurance is suspended: it pays nothing</source>
        <translation>参保人暂停参保，医保不予支付</translation>
    </message>
    <message>
        <source>The person&apos;s insurance is suspended (since %2): it pays nothing</source>
        <translation>参保人暂停参保（自 %2 起），医保不予支付</translation>
    </message>
    <message>
        <source>An amount is no sum of money</source>
        <translation>有一笔金额不是钱数</translation>
    </message>
    <message>
        <source>Type it anew, in yuan.</source>
        <translation>请按元重新输入。</translation>
    </message>
    <message>
        <source>The commercial insurance&apos;s case has no number</source>
        <translation>商保没有单号</translation>
    </message>
    <message>
        <source>Type the number of its slip.</source>
        <translation>请输入商保单据上的单号。</translation>
    </message>
    <message>
        <source>More than the sum is paid without cash</source>
        <translation>非现金付款超过应收</translation>
    </message>
    <message>
        <source>Only cash gives change: lower the other amounts.</source>
        <translation>只有现金能找零：把其他金额改小。</translation>
    </message>
    <message>
        <source>What was given does not cover the sum</source>
        <translation>收到的钱不够</translation>
    </message>
    <message>
        <source>Type the rest, or press the key of how it is paid.</source>
        <translation>输入其余金额，或按对应付款方式的键。</translation>
    </message>
    <message>
        <source>The parts of settlement %2 come to ¥%3, the sale to ¥%4</source>
        <translation>结算 %2 的各项合计 ¥%3，与应收 ¥%4 不符</translation>
    </message>
    <message>
        <source>Compare with the insurance&apos;s slip and type the parts again.</source>
        <translation>请与医保结算单核对后重新输入各项。</translation>
    </message>
    <message>
        <source>The parts of the settlement do not come to the sale&apos;s sum</source>
        <translation>结算的各项合计与应收不符</translation>
    </message>
</context>
<context>
    <name>Guard</name>
    <message>
        <source>Guard before the till</source>
        <translation>收银系统前的关卡</translation>
    </message>
    <message>
        <source>Type it</source>
        <translation>打入</translation>
    </message>
    <message>
        <source>It is there</source>
        <translation>已在里面</translation>
    </message>
    <message>
        <source>End, self-paid</source>
        <translation>自费结单</translation>
    </message>
    <message>
        <source>End, insured</source>
        <translation>医保结单</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>挂单</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>This desktop lets no program type into another one.</source>
        <translation>这个桌面不允许程序往别的窗口打字。</translation>
    </message>
    <message>
        <source>Let IT start an X11 session; help: “Guard before the till”.</source>
        <translation>请信息科改用 X11 会话，见帮助「收银系统前的关卡」。</translation>
    </message>
    <message>
        <source>This program&apos;s own window has the keyboard.</source>
        <translation>键盘正在本程序自己的窗口里。</translation>
    </message>
    <message>
        <source>Click into the till&apos;s field, then press “Type it”.</source>
        <translation>点一下收银系统的录入框，再按「打入」。</translation>
    </message>
    <message>
        <source>No window has the keyboard.</source>
        <translation>没有窗口在接收键盘。</translation>
    </message>
    <message>
        <source>Open the till and click into its field, then press “Type it”.</source>
        <translation>打开收银系统，点一下录入框，再按「打入」。</translation>
    </message>
    <message>
        <source>The till&apos;s window lets nothing be typed from outside.</source>
        <translation>收银系统的窗口不许外部打入。</translation>
    </message>
    <message>
        <source>It runs with higher rights: let IT start this program likewise.</source>
        <translation>它以更高权限运行：请信息科让本程序也同样启动。</translation>
    </message>
    <message>
        <source>Shift, Ctrl, Alt or the Windows key is held down.</source>
        <translation>Shift、Ctrl、Alt 或 Windows 键正按着。</translation>
    </message>
    <message>
        <source>Let it go, then press “Type it”.</source>
        <translation>松开后按「打入」。</translation>
    </message>
    <message>
        <source>Another window came to the front while it was typed.</source>
        <translation>打入途中别的窗口跳到了前面。</translation>
    </message>
    <message>
        <source>Empty the till&apos;s field of what is there, then press “Type it”.</source>
        <translation>先清空收银系统的录入框，再按「打入」。</translation>
    </message>
    <message>
        <source>A sign of it cannot be typed.</source>
        <translation>其中有打不出来的字符。</translation>
    </message>
    <message>
        <source>Type it into the till by hand, then press “It is there”.</source>
        <translation>请在收银系统里手工录入，再按「已在里面」。</translation>
    </message>
    <message>
        <source>The keyboard was lost while it was typed.</source>
        <translation>打入途中键盘断开了。</translation>
    </message>
    <message>
        <source>Look what the till&apos;s field holds, then press “Type it”.</source>
        <translation>看看录入框里有什么，再按「打入」。</translation>
    </message>
    <message>
        <source>%1 in this sale</source>
        <translation>本单 %1 盒</translation>
    </message>
    <message>
        <source>The sale of before is not ended yet: %1, %2 minutes old.</source>
        <translation>上一单还没结：%1，已过 %2 分钟。</translation>
    </message>
    <message>
        <source>Still open</source>
        <translation>还没结单</translation>
    </message>
    <message>
        <source>Press how the till was paid, or put the sale aside.</source>
        <translation>按收款方式结单，或先挂单。</translation>
    </message>
    <message>
        <source>Not typed</source>
        <translation>没有打入</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁</translation>
    </message>
    <message>
        <source>Nothing is typed on before somebody has signed in.</source>
        <translation>登录之前什么都不打入。</translation>
    </message>
    <message>
        <source>Scan your badge, or open the program and sign in.</source>
        <translation>扫工牌，或打开本程序登录。</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Click into the till&apos;s field and scan.</source>
        <translation>点一下收银系统的录入框，然后扫码。</translation>
    </message>
    <message>
        <source>%1 may not stand in the till.</source>
        <translation>%1 可能没进收银系统。</translation>
    </message>
    <message>
        <source>%1 and %2 more may not stand in the till.</source>
        <translation>%1 和另外 %2 盒可能没进收银系统。</translation>
    </message>
    <message>
        <source>Look there</source>
        <translation>请看一眼</translation>
    </message>
    <message>
        <source>“Type it” types it now; “It is there” if you see it.</source>
        <translation>没有就按「打入」；看得到就按「已在里面」。</translation>
    </message>
    <message>
        <source>Typed on</source>
        <translation>已打入</translation>
    </message>
    <message>
        <source>It was typed now.</source>
        <translation>现在已打入。</translation>
    </message>
    <message>
        <source>“Take back” takes it out again.</source>
        <translation>不卖请按「撤回」。</translation>
    </message>
    <message>
        <source>No box of ours (%1): typed as it was scanned.</source>
        <translation>不是追溯码（%1），按原样打入。</translation>
    </message>
    <message>
        <source>Passed on</source>
        <translation>已转交</translation>
    </message>
    <message>
        <source>No trace code (%1): this counter&apos;s setting keeps it back.</source>
        <translation>不是追溯码（%1），本柜台设置为不打入。</translation>
    </message>
    <message>
        <source>Scan the trace code on the box.</source>
        <translation>请扫盒上的追溯码。</translation>
    </message>
    <message>
        <source>“Open” the program and say which drug it is.</source>
        <translation>按「打开」，在本程序里选是哪种药。</translation>
    </message>
    <message>
        <source>“Open” the program: the manager has a look, then go on.</source>
        <translation>按「打开」，请店长看一下再继续。</translation>
    </message>
    <message>
        <source>Click into the till&apos;s field and scan it again.</source>
        <translation>点一下收银系统的录入框，再扫一次。</translation>
    </message>
    <message>
        <source>The box is booked, but not in the till.</source>
        <translation>这盒已登记，但没进收银系统。</translation>
    </message>
    <message>
        <source>Perhaps in part</source>
        <translation>可能只打了一半</translation>
    </message>
    <message>
        <source>Noted</source>
        <translation>已记下</translation>
    </message>
    <message>
        <source>It stands in the till: it is not typed again.</source>
        <translation>收银系统里已有，不会再打一次。</translation>
    </message>
    <message>
        <source>“Open” the program to take it up again.</source>
        <translation>要取回请按「打开」。</translation>
    </message>
    <message>
        <source>If it stands in the till, delete it there.</source>
        <translation>收银系统里如已录入，请在那里删掉。</translation>
    </message>
    <message>
        <source>“Open” the program: it shows every reason and what to do.</source>
        <translation>按「打开」，本程序里写着全部原因和办法。</translation>
    </message>
    <message>
        <source>Not ended</source>
        <translation>没结成</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结单</translation>
    </message>
    <message>
        <source>The sale is written down with its codes. The next customer, please.</source>
        <translation>本单和追溯码已记账。请下一位。</translation>
    </message>
    <message>
        <source>Nothing open</source>
        <translation>没有未结的单</translation>
    </message>
    <message>
        <source>No box was scanned since the last sale.</source>
        <translation>上一单之后没有扫过药盒。</translation>
    </message>
    <message>
        <source>The number under which the insurance settled is not known here.</source>
        <translation>本程序不知道医保结算号。</translation>
    </message>
    <message>
        <source>“Open” the program, press F2 and type it off the till&apos;s slip.</source>
        <translation>按「打开」，再按 F2 照结算单录入。</translation>
    </message>
    <message>
        <source>The settlement of this sale is being asked for.</source>
        <translation>本单正在医保结算。</translation>
    </message>
    <message>
        <source>“Open” the program and look what became of it.</source>
        <translation>按「打开」看本程序里结果如何。</translation>
    </message>
    <message>
        <source>The receipt&apos;s number looks like a person&apos;s: it is not kept.</source>
        <translation>小票号像是个人号码，不予保存。</translation>
    </message>
    <message>
        <source>Press how the till was paid, without scanning it.</source>
        <translation>不扫小票，直接按收款方式。</translation>
    </message>
    <message>
        <source>Which kind?</source>
        <translation>哪一种？</translation>
    </message>
    <message>
        <source>By which of its kinds has the insurance paid?</source>
        <translation>医保按哪一种结算的？</translation>
    </message>
    <message>
        <source>Press the one that stands on the till&apos;s slip.</source>
        <translation>按收银小票上写的那一种。</translation>
    </message>
    <message>
        <source>How was it paid?</source>
        <translation>怎么付的？</translation>
    </message>
    <message>
        <source>Press how the till was paid.</source>
        <translation>请按收款方式。</translation>
    </message>
    <message>
        <source>The till&apos;s receipt %1 was scanned.</source>
        <translation>扫到收银小票 %1。</translation>
    </message>
    <message>
        <source>A receipt of the till was scanned, but no box since the last sale.</source>
        <translation>扫到收银小票，但上一单之后没有扫过药盒。</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Pages of the help</source>
        <translation>帮助目录</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>↑ ↓ another page · Esc back to work</source>
        <translation>↑ ↓ 换页 · Esc 回去收银</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>上课（六堂课）</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>全部按键</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>When something is wrong</source>
        <translation>出了问题怎么办</translation>
    </message>
    <message>
        <source>Pharmacy Desk %1</source>
        <translation>药店收银台 %1</translation>
    </message>
    <message>
        <source>Pharmacy Desk itself is free software under the %1 licence.</source>
        <translation>本程序是自由软件，按 %1 许可证发布。</translation>
    </message>
    <message>
        <source>It stands on these libraries, each under its own licence:</source>
        <translation>本程序使用下列开源组件，各按其自己的许可证：</translation>
    </message>
    <message>
        <source>see its package</source>
        <translation>见该组件自带的说明</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Pharmacy Desk: a decision is needed</source>
        <translation>药店收银台：需要店长决定</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>关闭程序</translation>
    </message>
    <message>
        <source>Nothing is sold here before that is decided.</source>
        <translation>决定之前，本机不能销售。</translation>
    </message>
    <message>
        <source>Choose a backup…</source>
        <translation>选择备份…</translation>
    </message>
    <message>
        <source>1  Bring a backup back</source>
        <translation>1  恢复备份</translation>
    </message>
    <message>
        <source>The newest one. What is here now is kept in a folder beside it. If the backup is older than the last sale, the decision on the right comes after it.</source>
        <translation>请选最新的一份。现有文件会另存到旁边的文件夹。如果备份早于最后一笔销售，恢复后还要做右边的决定。</translation>
    </message>
    <message>
        <source>2  Go on without it</source>
        <translation>2  不再找回，继续营业</translation>
    </message>
    <message>
        <source>The manager&apos;s number</source>
        <translation>店长工号</translation>
    </message>
    <message>
        <source>The manager&apos;s PIN</source>
        <translation>店长密码</translation>
    </message>
    <message>
        <source>Reason, for the log: what happened?</source>
        <translation>理由（记入日志）：发生了什么？</translation>
    </message>
    <message>
        <source>Go on without it</source>
        <translation>不再找回，继续营业</translation>
    </message>
    <message>
        <source>The backup is back. What was sold after it is still missing.</source>
        <translation>备份已恢复。其后的销售仍然缺失，请决定。</translation>
    </message>
    <message>
        <source>! Scanned, and not taken: first comes the decision.</source>
        <translation>! 已扫到，但未收：请先做决定。</translation>
    </message>
    <message>
        <source>When there is no newer backup. The log keeps who decided, when and why. The platform is then asked what was sold in the missing time, where it can be asked; those boxes are not sold again. Other boxes sold in that time are not known here any more.</source>
        <translation>没有更新的备份时使用。日志会记下谁、何时、为何决定。随后向平台查询缺失期间已售的追溯码（平台支持时），这些药盒不会再次售出；该期间售出的其他药盒，本机不再知道。</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Next ticket</source>
        <translation>下一张</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>挂单</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>取单</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退货</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Tray picture</source>
        <translation>拍照读码</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>扫码详情</translation>
    </message>
    <message>
        <source>Type a code</source>
        <translation>手工录入</translation>
    </message>
    <message>
        <source>No code</source>
        <translation>盒上无码</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>拆零</translation>
    </message>
    <message>
        <source>Gift</source>
        <translation>赠品</translation>
    </message>
    <message>
        <source>Online order</source>
        <translation>网络订单</translation>
    </message>
    <message>
        <source>Prescription</source>
        <translation>处方</translation>
    </message>
    <message>
        <source>Disease</source>
        <translation>病种</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>证件</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>看小票</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>补打</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>换人登录</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁屏</translation>
    </message>
    <message>
        <source>Scanner help</source>
        <translation>扫码枪</translation>
    </message>
    <message>
        <source>Cancel sale</source>
        <translation>整单取消</translation>
    </message>
    <message>
        <source>Tick</source>
        <translation>勾选</translation>
    </message>
    <message>
        <source>One fewer</source>
        <translation>少一</translation>
    </message>
    <message>
        <source>One more</source>
        <translation>多一</translation>
    </message>
    <message>
        <source>All of it</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>History</source>
        <translation>看来历</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>过账</translation>
    </message>
    <message>
        <source>Refuse a box</source>
        <translation>拒收</translation>
    </message>
    <message>
        <source>Lot, drug</source>
        <translation>批号药名</translation>
    </message>
    <message>
        <source>Take out last</source>
        <translation>撤上一盒</translation>
    </message>
    <message>
        <source>Take out chosen</source>
        <translation>撤选中</translation>
    </message>
    <message>
        <source>Put aside</source>
        <translation>先放着</translation>
    </message>
    <message>
        <source>Unfinished</source>
        <translation>没做完的</translation>
    </message>
    <message>
        <source>Delivery note</source>
        <translation>同行单</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>验收记录</translation>
    </message>
    <message>
        <source>Drop all</source>
        <translation>整单放弃</translation>
    </message>
    <message>
        <source>Post differences</source>
        <translation>过账差异</translation>
    </message>
    <message>
        <source>Codes of the drug</source>
        <translation>看追溯码</translation>
    </message>
    <message>
        <source>File of codes</source>
        <translation>码文件</translation>
    </message>
    <message>
        <source>Save posted</source>
        <translation>导出明细</translation>
    </message>
    <message>
        <source>Keep entry</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Close entry</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Box comes back</source>
        <translation>顾客退回</translation>
    </message>
    <message>
        <source>Where are they</source>
        <translation>盒子在哪</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回</translation>
    </message>
    <message>
        <source>End the recall</source>
        <translation>解除召回</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>trace code</source>
        <translation>追溯码</translation>
    </message>
    <message>
        <source>trace code of a manufacturer</source>
        <translation>厂家自编追溯码</translation>
    </message>
    <message>
        <source>GS1 trace code</source>
        <translation>GS1 追溯码</translation>
    </message>
    <message>
        <source>commodity barcode</source>
        <translation>商品条码</translation>
    </message>
    <message>
        <source>national drug code</source>
        <translation>药品本位码</translation>
    </message>
    <message>
        <source>in-store barcode</source>
        <translation>店内码</translation>
    </message>
    <message>
        <source>medical device code</source>
        <translation>医疗器械码</translation>
    </message>
    <message>
        <source>veterinary code</source>
        <translation>兽药码</translation>
    </message>
    <message>
        <source>pesticide code</source>
        <translation>农药码</translation>
    </message>
    <message>
        <source>GS1 code of something else</source>
        <translation>其他物品的 GS1 码</translation>
    </message>
    <message>
        <source>web link</source>
        <translation>网址</translation>
    </message>
    <message>
        <source>parcel number</source>
        <translation>快递单号</translation>
    </message>
    <message>
        <source>filler code</source>
        <translation>占位码</translation>
    </message>
    <message>
        <source>damaged read</source>
        <translation>没读全的码</translation>
    </message>
    <message>
        <source>unknown code</source>
        <translation>不认识的码</translation>
    </message>
    <message>
        <source>identity card number</source>
        <translation>身份证号</translation>
    </message>
    <message>
        <source>WeChat payment code</source>
        <translation>微信付款码</translation>
    </message>
    <message>
        <source>Alipay payment code</source>
        <translation>支付宝付款码</translation>
    </message>
    <message>
        <source>insurance e-voucher</source>
        <translation>医保码</translation>
    </message>
    <message>
        <source>social security card</source>
        <translation>社保卡</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>Lessons</name>
    <message>
        <source>Six lessons</source>
        <translation>六堂课</translation>
    </message>
    <message>
        <source>%1: %2 of 6 passed</source>
        <translation>%1：已学会 %2 课，共 6 课</translation>
    </message>
    <message>
        <source>Record (PDF)…</source>
        <translation>培训记录（PDF）…</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>Leave the lesson</source>
        <translation>不学了</translation>
    </message>
    <message>
        <source>✓ Passed</source>
        <translation>✓ 学会了</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>下一课：%1</translation>
    </message>
    <message>
        <source>All lessons</source>
        <translation>全部六课</translation>
    </message>
    <message>
        <source>Training record</source>
        <translation>培训记录</translation>
    </message>
</context>
<context>
    <name>Limit</name>
    <message>
        <source>sex</source>
        <translation>性别</translation>
    </message>
    <message>
        <source>age</source>
        <translation>年龄</translation>
    </message>
    <message>
        <source>paid course</source>
        <translation>支付疗程</translation>
    </message>
    <message>
        <source>level of the hospital</source>
        <translation>医疗机构级别</translation>
    </message>
    <message>
        <source>kind of visit</source>
        <translation>就医方式</translation>
    </message>
    <message>
        <source>insurance type</source>
        <translation>险种</translation>
    </message>
    <message>
        <source>certified disease</source>
        <translation>认定病种</translation>
    </message>
    <message>
        <source>bought again too soon</source>
        <translation>短期重复购药</translation>
    </message>
    <message>
        <source>%1 is paid for the sex %2 only; the person&apos;s is %3.</source>
        <translation>%1 限%2性使用；参保人为%3性。</translation>
    </message>
    <message>
        <source>%1 is paid for %2 only; the person is %3 years old.</source>
        <translation>%1 限%2使用；参保人 %3 岁。</translation>
    </message>
    <message>
        <source>%1 is paid for %2 at most; with this it is %3 days.</source>
        <translation>%1 支付不超过%2；连同本单已是 %3 天。</translation>
    </message>
    <message>
        <source>%1 is paid in hospitals of %2 and above only, not from a pharmacy.</source>
        <translation>%1 限%2及以上医疗机构支付，药店购药不支付。</translation>
    </message>
    <message>
        <source>%1 is paid for %2 only, not from a pharmacy.</source>
        <translation>%1 仅限%2支付，药店购药不支付。</translation>
    </message>
    <message>
        <source>%1 is paid by %2 insurance only.</source>
        <translation>%1 仅限%2保险支付。</translation>
    </message>
    <message>
        <source>%1 is paid for disease %2 only; the person is not certified for it.</source>
        <translation>%1 仅限病种 %2 支付；参保人未认定该病种。</translation>
    </message>
    <message>
        <source>%1: the same person bought it %3 times just before.</source>
        <translation>%1：同一人近期已买过 %3 次。</translation>
    </message>
    <message>
        <source>not looked at</source>
        <translation>不核对</translation>
    </message>
    <message>
        <source>remind</source>
        <translation>只提醒</translation>
    </message>
    <message>
        <source>as the policy says</source>
        <translation>按策略</translation>
    </message>
    <message>
        <source>intercept</source>
        <translation>拦截</translation>
    </message>
    <message>
        <source>paid anyway</source>
        <translation>照付</translation>
    </message>
    <message>
        <source>self-paid instead</source>
        <translation>改自费</translation>
    </message>
    <message>
        <source>taken out</source>
        <translation>取出</translation>
    </message>
    <message>
        <source>sale cancelled</source>
        <translation>整单取消</translation>
    </message>
    <message>
        <source>not decided yet</source>
        <translation>未结</translation>
    </message>
    <message>
        <source>Receipt %1.</source>
        <translation>小票 %1。</translation>
    </message>
    <message>
        <source>A pack counts %1 days: how long it lasts is not told.</source>
        <translation>每盒按 %1 天计（用法未告知）。</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>(%1)</source>
        <translation>（%1）</translation>
    </message>
    <message>
        <source>%1 reminders, ¥%2.</source>
        <translation>提醒 %1 条，涉及 ¥%2。</translation>
    </message>
    <message>
        <source>Not checked, not known: %1.</source>
        <translation>未核对（不知道）：%1。</translation>
    </message>
    <message>
        <source>Ctrl+I: type the disease.</source>
        <translation>Ctrl+I 录入病种。</translation>
    </message>
</context>
<context>
    <name>Limits</name>
    <message>
        <source>Nothing was told in these days.</source>
        <translation>这些天没有提醒过。</translation>
    </message>
    <message>
        <source>Receipt (Enter)</source>
        <translation>看小票（Enter）</translation>
    </message>
    <message>
        <source>Import a list (Ctrl+O)</source>
        <translation>导入名单（Ctrl+O）</translation>
    </message>
    <message>
        <source>Save as a file (Ctrl+S)</source>
        <translation>存为文件（Ctrl+S）</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>正在读 …</translation>
    </message>
    <message>
        <source>No sale was told of a limit.</source>
        <translation>这些天没有单子超出限制。</translation>
    </message>
    <message>
        <source>%1 times, ¥%2 · the newest first</source>
        <translation>共 %1 次，涉及 ¥%2 · 新的在前</translation>
    </message>
    <message>
        <source>In use: %1</source>
        <translation>在用：%1</translation>
    </message>
    <message>
        <source>List of limits</source>
        <translation>限制名单</translation>
    </message>
    <message>
        <source>Reminders</source>
        <translation>限制提醒</translation>
    </message>
    <message>
        <source>✓ %1 rows saved: %2</source>
        <translation>✓ 已存 %1 行：%2</translation>
    </message>
    <message>
        <source>%1 (as of %2)</source>
        <translation>%1（截至 %2）</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>小票号</translation>
    </message>
    <message>
        <source>Drug</source>
        <translation>药品</translation>
    </message>
    <message>
        <source>Told as</source>
        <translation>处理方式</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>付款方式</translation>
    </message>
    <message>
        <source>What followed</source>
        <translation>后续</translation>
    </message>
    <message>
        <source>Clerk</source>
        <translation>营业员</translation>
    </message>
    <message>
        <source>The bureau&apos;s own words</source>
        <translation>限制依据原文</translation>
    </message>
</context>
<context>
    <name>Line</name>
    <message>
        <source>One box fewer (−)</source>
        <translation>少一盒（−）</translation>
    </message>
    <message>
        <source>One box more (+)</source>
        <translation>多一盒（+）</translation>
    </message>
    <message>
        <source>Price (Ctrl+B)</source>
        <translation>改价 Ctrl+B</translation>
    </message>
    <message>
        <source>Line out (Delete)</source>
        <translation>去掉这行 Del</translation>
    </message>
</context>
<context>
    <name>List</name>
    <message>
        <source>✕ Not printed: the printer did not take it.</source>
        <translation>✕ 没有打印：打印机没有接收。</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>共 %1 行</translation>
    </message>
    <message>
        <source>Save this list</source>
        <translation>保存列表</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已存到：%1</translation>
    </message>
    <message>
        <source>Filter: any part of a row (Esc: all)</source>
        <translation>筛选：输入行里的任何字（Esc 看全部）</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter, copy, save or print this list</source>
        <translation>筛选、复制、存成表格或打印</translation>
    </message>
    <message>
        <source>What can be done with this list</source>
        <translation>这张表能做什么</translation>
    </message>
    <message>
        <source>Filter…  Ctrl+F</source>
        <translation>筛选…  Ctrl+F</translation>
    </message>
    <message>
        <source>Copy the chosen rows  Ctrl+C</source>
        <translation>复制选中的行  Ctrl+C</translation>
    </message>
    <message>
        <source>Save as a table…</source>
        <translation>存成表格…</translation>
    </message>
    <message>
        <source>Too many rows to sort (more than 50 000), so they stay in their own order: choose fewer days, or search above.</source>
        <translation>行数太多（超过 5 万行），不能排序，按原来的顺序列出：请选短一点的日期，或在上面搜索。</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>存成 PDF…</translation>
    </message>
    <message>
        <source>Reading all rows … %1</source>
        <translation>正在读出所有行… 已读 %1</translation>
    </message>
    <message>
        <source>Too many rows to filter (more than 50 000): choose fewer days, or search above.</source>
        <translation>行数太多（超过 5 万行），没有筛选：请缩短日期范围，或在上方搜索。</translation>
    </message>
</context>
<context>
    <name>Lock</name>
    <message>
        <source>Locked</source>
        <translation>已锁屏</translation>
    </message>
    <message>
        <source>The sale is kept as it is: %1 boxes.</source>
        <translation>本单原样保留：%1 盒。</translation>
    </message>
    <message>
        <source>Sign in to go on.</source>
        <translation>请登录后继续。</translation>
    </message>
    <message>
        <source>Training: number 001, PIN 123456.</source>
        <translation>培训：编号 001，密码 123456。</translation>
    </message>
    <message>
        <source>! Locked: %1 scans were not taken. Sign in first, then scan these boxes again.</source>
        <translation>! 已锁屏：%1 次扫码未收。请先登录，再重扫这些盒。</translation>
    </message>
</context>
<context>
    <name>Lookup</name>
    <message>
        <source>quality problem</source>
        <translation>质量问题</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>召回</translation>
    </message>
    <message>
        <source>wrong drug given</source>
        <translation>错发</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Take back (F6)</source>
        <translation>退货（F6）</translation>
    </message>
    <message>
        <source>Print receipt again (Ctrl+P)</source>
        <translation>补打小票（Ctrl+P）</translation>
    </message>
    <message>
        <source>Save as PDF (Ctrl+L)</source>
        <translation>存成 PDF（Ctrl+L）</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>收银台</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>营业员</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>No code looked up yet.</source>
        <translation>还没查码，请先扫一盒。</translation>
    </message>
    <message>
        <source>Look up  Alt+1</source>
        <translation>查码  Alt+1</translation>
    </message>
    <message>
        <source>Sales  Alt+2</source>
        <translation>销售单  Alt+2</translation>
    </message>
    <message>
        <source>Prescriptions  Alt+3</source>
        <translation>处方  Alt+3</translation>
    </message>
    <message>
        <source>Reminders  Alt+4</source>
        <translation>提醒  Alt+4</translation>
    </message>
    <message>
        <source>✕ Not a trace code</source>
        <translation>✕ 不是追溯码</translation>
    </message>
    <message>
        <source>This shop has no record of this code.</source>
        <translation>本店没有这个码的记录。</translation>
    </message>
    <message>
        <source>A box&apos;s history</source>
        <translation>药盒记录</translation>
    </message>
    <message>
        <source>Every step of a box that this shop knows.</source>
        <translation>一盒药在本店的每一步都在这里。</translation>
    </message>
    <message>
        <source>✓ Sold by the old system, its number %1</source>
        <translation>✓ 旧系统已售，单号 %1</translation>
    </message>
    <message>
        <source>drug not known</source>
        <translation>还不知道是哪个药</translation>
    </message>
    <message>
        <source>? Never sold here</source>
        <translation>? 本店没卖过</translation>
    </message>
    <message>
        <source>✓ Sold, receipt %1</source>
        <translation>✓ 已售出，小票 %1</translation>
    </message>
    <message>
        <source>! In an open sale</source>
        <translation>! 在未结的单里</translation>
    </message>
    <message>
        <source>Not taken back: it is not on that receipt.</source>
        <translation>没有退成：那张小票上没有这盒。</translation>
    </message>
    <message>
        <source>%1 sold, %2 left</source>
        <translation>卖出%1，剩%2</translation>
    </message>
    <message>
        <source>lot %1</source>
        <translation>批号%1</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>有效期至%1</translation>
    </message>
    <message>
        <source>%1 units left</source>
        <translation>还剩%1个</translation>
    </message>
    <message>
        <source>Not taken back: this box was opened and sold in parts.</source>
        <translation>没有退货：本盒已拆零销售。</translation>
    </message>
    <message>
        <source>Scan a box, or type its trace code, a receipt or an order number</source>
        <translation>扫描药盒，或输入追溯码、小票号、网络订单号</translation>
    </message>
    <message>
        <source>Back on the shelf (F8)</source>
        <translation>撤销放回（F8）</translation>
    </message>
    <message>
        <source>Split record (Ctrl+E)</source>
        <translation>拆零记录（Ctrl+E）</translation>
    </message>
    <message>
        <source>✕ Settled elsewhere, says the platform</source>
        <translation>✕ 平台称此码已在他处结算</translation>
    </message>
    <message>
        <source>Not taken back: nothing is ticked.</source>
        <translation>没退：还没勾选要退的。</translation>
    </message>
    <message>
        <source>Not taken back: choose a reason first.</source>
        <translation>没退：请先选退货原因。</translation>
    </message>
    <message>
        <source>Not taken back: there is no such receipt.</source>
        <translation>没退：没有这张小票。</translation>
    </message>
    <message>
        <source>Not taken back: it was taken back before.</source>
        <translation>没退：之前已经退过了。</translation>
    </message>
    <message>
        <source>Not taken back: a box without a code stays with the customer and cannot be settled anew. Take all of it back, and sell what she keeps again.</source>
        <translation>未退货：顾客留下的商品里有无码药盒，不能重新结算。请整单退回，再重新销售留下的商品。</translation>
    </message>
    <message>
        <source>Not taken back: cancel the settlement at the insurance&apos;s terminal first.</source>
        <translation>未退货：请先在医保终端撤销结算。</translation>
    </message>
    <message>
        <source>Not taken back: the till has settled it. Take it back at the till first.</source>
        <translation>没有退：这一单由收银系统结算，请先在收银系统退货。</translation>
    </message>
    <message>
        <source>Not taken back: the insurance did not cancel the settlement.</source>
        <translation>未退货：医保没有撤销结算。</translation>
    </message>
    <message>
        <source>Whether the insurance cancelled the settlement is not known yet. It is asked again by itself; until then nothing of this receipt comes back.</source>
        <translation>医保是否已撤销结算还不知道，程序会自动再问；查清之前这张小票不能退货。</translation>
    </message>
    <message>
        <source>Not taken back here: insured. Open its receipt and take it back there.</source>
        <translation>不能在这里退：是医保销售。请打开小票退货。</translation>
    </message>
    <message>
        <source>Not put back: this store puts no sold box back (Settings, Sale).</source>
        <translation>没有放回：本店不允许当日撤销放回（设置·收银里可开）。</translation>
    </message>
    <message>
        <source>Not put back: there is no such receipt.</source>
        <translation>没有放回：没有这张小票。</translation>
    </message>
    <message>
        <source>Not put back: it is not on that receipt.</source>
        <translation>没有放回：不在这张小票上。</translation>
    </message>
    <message>
        <source>Not put back: it was not sold today. Take it back with F6.</source>
        <translation>没有放回：不是今天卖的，请按 F6 退货。</translation>
    </message>
    <message>
        <source>Not put back: this box was opened and sold in parts.</source>
        <translation>没有放回：这盒已拆零。</translation>
    </message>
    <message>
        <source>Not put back: it was taken back before.</source>
        <translation>没有放回：已经退过货了。</translation>
    </message>
    <message>
        <source>Not put back: the platform says its code was settled elsewhere.</source>
        <translation>没有放回：平台称此码已在他处结算。</translation>
    </message>
    <message>
        <source>Not put back: there is no manager to approve it. Add one in the settings.</source>
        <translation>没有放回：没有店长可以确认，请先在设置里添加。</translation>
    </message>
    <message>
        <source>Not put back: insured. Open its receipt and take it back there (F6).</source>
        <translation>未放回：是医保销售。请打开小票退货（F6）。</translation>
    </message>
    <message>
        <source>typed by hand</source>
        <translation>手工录入</translation>
    </message>
</context>
<context>
    <name>Map</name>
    <message>
        <source>box (smallest)</source>
        <translation>小包装</translation>
    </message>
    <message>
        <source>middle pack</source>
        <translation>中包装</translation>
    </message>
    <message>
        <source>carton</source>
        <translation>大包装</translation>
    </message>
    <message>
        <source>All in use</source>
        <translation>全部在用</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>有冲突</translation>
    </message>
    <message>
        <source>Not confirmed</source>
        <translation>待复核</translation>
    </message>
    <message>
        <source>Taken out</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Nothing found. Scan a box and say on the right which drug it is, or import the map.</source>
        <translation>没有找到。扫一盒药，在右侧说明是什么药；或导入映射表。</translation>
    </message>
    <message>
        <source>No identification stands for two drugs.</source>
        <translation>没有一个标识码对应两种药。</translation>
    </message>
    <message>
        <source>Nothing waits for a second person.</source>
        <translation>没有等待复核的映射。</translation>
    </message>
    <message>
        <source>Nothing was taken out.</source>
        <translation>没有停用的映射。</translation>
    </message>
    <message>
        <source>✕ taken out</source>
        <translation>✕ 已停用</translation>
    </message>
    <message>
        <source>! also %1</source>
        <translation>! 又是 %1</translation>
    </message>
    <message>
        <source>! waits for a second person</source>
        <translation>! 待第二人复核</translation>
    </message>
    <message>
        <source>✓ in use</source>
        <translation>✓ 使用中</translation>
    </message>
    <message>
        <source>mapped</source>
        <translation>已映射</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>提出</translation>
    </message>
    <message>
        <source>taken out</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>from the drug list</source>
        <translation>来自商品目录</translation>
    </message>
    <message>
        <source>wrong drug</source>
        <translation>商品对错了</translation>
    </message>
    <message>
        <source>wrong pack level</source>
        <translation>包装级别错误</translation>
    </message>
    <message>
        <source>the label was misprinted</source>
        <translation>标签印错</translation>
    </message>
    <message>
        <source>drug no longer sold</source>
        <translation>商品停用</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Mapped</source>
        <translation>已映射</translation>
    </message>
    <message>
        <source>%1 stands for %2 from now on.</source>
        <translation>%1 从现在起对应 %2。</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>待复核</translation>
    </message>
    <message>
        <source>%1 is noted as %2; it counts once a second person confirms it.</source>
        <translation>%1 已记为 %2，第二人复核后生效。</translation>
    </message>
    <message>
        <source>Let a colleague type number and PIN, or sign in and press F8.</source>
        <translation>请同事输入工号和密码，或换人登录后按 F8。</translation>
    </message>
    <message>
        <source>%1 no longer stands for %2. Earlier sales stay as they are.</source>
        <translation>%1 不再对应 %2。以前的销售不受影响。</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>有冲突</translation>
    </message>
    <message>
        <source>%1 stands for %3 already; nothing was changed.</source>
        <translation>%1 已对应 %3，未作改动。</translation>
    </message>
    <message>
        <source>F8 again keeps both. Or take the other one out with F6 first.</source>
        <translation>再按 F8 两个都保留；或先选中另一个按 F6 停用。</translation>
    </message>
    <message>
        <source>%1 is in use; another level needs a second person.</source>
        <translation>%1 正在使用，改包装级别须第二人复核。</translation>
    </message>
    <message>
        <source>Let a colleague type number and PIN on the right, then press F8.</source>
        <translation>请同事在右侧输入工号和密码，再按 F8。</translation>
    </message>
    <message>
        <source>There is no drug %2 in the list; nothing was changed.</source>
        <translation>目录里没有商品 %2，未作改动。</translation>
    </message>
    <message>
        <source>Choose the drug again.</source>
        <translation>请重新选择商品。</translation>
    </message>
    <message>
        <source>%1 does not stand for %2 any more; nothing was changed.</source>
        <translation>%1 已不再对应 %2，未作改动。</translation>
    </message>
    <message>
        <source>This number is locked after too many wrong PINs.</source>
        <translation>密码错误次数过多，该工号已锁定。</translation>
    </message>
    <message>
        <source>Wait, or let somebody else confirm.</source>
        <translation>请稍候，或由其他人复核。</translation>
    </message>
    <message>
        <source>The second person&apos;s number or PIN is wrong; nothing was changed.</source>
        <translation>第二人的工号或密码不对，未作改动。</translation>
    </message>
    <message>
        <source>Type both again.</source>
        <translation>请重新输入两项。</translation>
    </message>
    <message>
        <source>Not mapped</source>
        <translation>未映射</translation>
    </message>
    <message>
        <source>Name, initials, item code or identification; or scan a box</source>
        <translation>药名、拼音首字母、商品编码或药品标识码；也可扫一盒药</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Import… (Ctrl+L)</source>
        <translation>导入…（Ctrl+L）</translation>
    </message>
    <message>
        <source>Export… (Ctrl+E)</source>
        <translation>导出…（Ctrl+E）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Into the form (Enter)</source>
        <translation>取到右侧（Enter）</translation>
    </message>
    <message>
        <source>Take it out (F6)</source>
        <translation>停用（F6）</translation>
    </message>
    <message>
        <source>Item code</source>
        <translation>商品编码</translation>
    </message>
    <message>
        <source>Drug</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Identification</source>
        <translation>药品标识码</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>包装级别</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>The history of the chosen row stands here.</source>
        <translation>这里显示所选一行的变更记录。</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>正在读取 …</translation>
    </message>
    <message>
        <source>✕ Choose a row of the list first.</source>
        <translation>✕ 请先在列表里选一行。</translation>
    </message>
    <message>
        <source>Why does %1 no longer stand for %2?</source>
        <translation>%1 为什么不再对应 %2？</translation>
    </message>
    <message>
        <source>Enter takes a row into the form · F6 takes it out · F5 shows others</source>
        <translation>Enter 取到右侧修改 · F6 停用 · F5 换一类显示</translation>
    </message>
    <message>
        <source>Three-code map</source>
        <translation>三码映射</translation>
    </message>
    <message>
        <source>Tables (*.csv *.txt *.xlsx)</source>
        <translation>表格 (*.csv *.txt *.xlsx)</translation>
    </message>
    <message>
        <source>Tables (*.xlsx *.csv)</source>
        <translation>表格 (*.xlsx *.csv)</translation>
    </message>
    <message>
        <source>✓ Written to %1</source>
        <translation>✓ 已写入 %1</translation>
    </message>
    <message>
        <source>Identification: first 7 characters, or 14 digits; or scan</source>
        <translation>标识码（7 位或 14 位），可扫码</translation>
    </message>
    <message>
        <source>Drug: name, initials, code or barcode</source>
        <translation>商品：药名、首字母、编码或条码</translation>
    </message>
    <message>
        <source>Pack level</source>
        <translation>包装级别</translation>
    </message>
    <message>
        <source>Second person&apos;s number</source>
        <translation>第二人工号</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Keep this mapping (F8)</source>
        <translation>保存映射（F8）</translation>
    </message>
    <message>
        <source>What a code stands for</source>
        <translation>标识码对应什么</translation>
    </message>
    <message>
        <source>✕ 7 characters, or 14 digits.</source>
        <translation>✕ 标识码是 7 位，或 14 位数字。</translation>
    </message>
    <message>
        <source>✕ Choose the drug it stands for.</source>
        <translation>✕ 请选择对应的商品。</translation>
    </message>
</context>
<context>
    <name>NoCode</name>
    <message>
        <source>made before codes were printed</source>
        <translation>赋码前生产，盒上无码</translation>
    </message>
    <message>
        <source>not yet required to carry one</source>
        <translation>药监尚未要求赋码</translation>
    </message>
    <message>
        <source>code label missing</source>
        <translation>追溯码标签缺失</translation>
    </message>
    <message>
        <source>code cannot be read</source>
        <translation>追溯码破损，扫不出</translation>
    </message>
    <message>
        <source>another reason, see the evidence</source>
        <translation>其他，见凭证</translation>
    </message>
    <message>
        <source>counted: none is left on the shelf</source>
        <translation>盘点：货架上已没有</translation>
    </message>
    <message>
        <source>the boxes have codes now</source>
        <translation>这些盒子已有追溯码</translation>
    </message>
    <message>
        <source>sent back or destroyed</source>
        <translation>已退货或销毁</translation>
    </message>
    <message>
        <source>entered by mistake</source>
        <translation>登记错了</translation>
    </message>
    <message>
        <source>! waits for the manager</source>
        <translation>! 待店长批准</translation>
    </message>
    <message>
        <source>✕ closed</source>
        <translation>✕ 已停用</translation>
    </message>
    <message>
        <source>✓ used up</source>
        <translation>✓ 已用完</translation>
    </message>
    <message>
        <source>✓ in use</source>
        <translation>✓ 可用</translation>
    </message>
    <message>
        <source>insured, self-paid</source>
        <translation>医保、自费</translation>
    </message>
    <message>
        <source>self-paid only</source>
        <translation>仅自费</translation>
    </message>
    <message>
        <source>%1 boxes without code of %2 that need one: %3 %</source>
        <translation>应扫码 %2 盒，其中无码 %1 盒，占 %3%</translation>
    </message>
    <message>
        <source>The drug is missing.</source>
        <translation>还没选药品。</translation>
    </message>
    <message>
        <source>This drug needs no code: sell it as it is.</source>
        <translation>这个品种无需扫码，直接卖。</translation>
    </message>
    <message>
        <source>The lot is missing.</source>
        <translation>没填批号。</translation>
    </message>
    <message>
        <source>Made on and expiry must be dates, expiry the later one.</source>
        <translation>生产日期和有效期要填日期，有效期在后。</translation>
    </message>
    <message>
        <source>The quantity must be a number from 1 to 9999.</source>
        <translation>数量填 1 到 9999。</translation>
    </message>
    <message>
        <source>Bought on must be a date after production and not in the future.</source>
        <translation>购进日期要在生产日期之后，不能晚于今天。</translation>
    </message>
    <message>
        <source>The evidence is missing: invoice number or picture.</source>
        <translation>没填凭证：发票号或照片名。</translation>
    </message>
    <message>
        <source>Nothing was kept. Mend it, then F8.</source>
        <translation>没有登记。改好后按 F8。</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>还不行</translation>
    </message>
    <message>
        <source>There is no such entry in the no-code library.</source>
        <translation>无码库里没有这一条。</translation>
    </message>
    <message>
        <source>Look at the list again.</source>
        <translation>请重新看一下列表。</translation>
    </message>
    <message>
        <source>The manager has not approved this entry.</source>
        <translation>店长还没批准这一条。</translation>
    </message>
    <message>
        <source>Approve it under Stock, No-code library, with the manager&apos;s PIN.</source>
        <translation>到“库存 → 无码库”，由店长输密码批准。</translation>
    </message>
    <message>
        <source>This entry is approved already.</source>
        <translation>这一条已批准过。</translation>
    </message>
    <message>
        <source>This entry is closed already.</source>
        <translation>这一条已停用。</translation>
    </message>
    <message>
        <source>Take another one, or make a new entry.</source>
        <translation>换一条，或重新登记。</translation>
    </message>
    <message>
        <source>The last box of this entry has been taken.</source>
        <translation>这一条已用完。</translation>
    </message>
    <message>
        <source>This entry is for another drug.</source>
        <translation>这一条是别的药品。</translation>
    </message>
    <message>
        <source>Take one of this drug.</source>
        <translation>请选同一个药品的。</translation>
    </message>
    <message>
        <source>The boxes of this entry have expired.</source>
        <translation>这一条的药已过有效期。</translation>
    </message>
    <message>
        <source>Do not sell them; close the entry.</source>
        <translation>不能卖。请停用这一条。</translation>
    </message>
    <message>
        <source>This lot is recalled.</source>
        <translation>这个批号正在召回。</translation>
    </message>
    <message>
        <source>Do not sell it; put the boxes aside.</source>
        <translation>不能卖，把药放一边。</translation>
    </message>
    <message>
        <source>No line lacks a code.</source>
        <translation>没有缺码的药品。</translation>
    </message>
    <message>
        <source>Find the drug first (F1 or its barcode), then Ctrl+N.</source>
        <translation>先按 F1 或扫商品条码选药，再按 Ctrl+N。</translation>
    </message>
    <message>
        <source>This store has no manager (店长) who could approve it.</source>
        <translation>本店还没有店长，没人能批准。</translation>
    </message>
    <message>
        <source>Nothing has changed. Add one under Settings, People.</source>
        <translation>没有改动。请到“设置 → 人员”添加店长。</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>没有办成</translation>
    </message>
    <message>
        <source>Enter takes one box of it, Esc takes none.</source>
        <translation>Enter 取一盒，Esc 不取。</translation>
    </message>
    <message>
        <source>No code on the box of %1: from which entry?</source>
        <translation>%1 盒上无码，取哪一条？</translation>
    </message>
    <message>
        <source>%1, expires %2, %3 left, %4</source>
        <translation>%1 至 %2，剩 %3，%4</translation>
    </message>
    <message>
        <source>The no-code library has no approved box of %1.</source>
        <translation>无码库里没有可用的 %1。</translation>
    </message>
    <message>
        <source>None there</source>
        <translation>没有可用</translation>
    </message>
    <message>
        <source>Scan its code; or enter it: Ctrl+3, No-code library, manager&apos;s PIN.</source>
        <translation>请扫码；或按 Ctrl+3 到无码库登记，由店长批准。</translation>
    </message>
    <message>
        <source>Lot %1, %2 left in the no-code library.</source>
        <translation>批号 %1，无码库还剩 %2 盒。</translation>
    </message>
    <message>
        <source>%1 more lack a code: scan them, or Ctrl+N again.</source>
        <translation>还有 %1 盒缺码：扫码，或再按 Ctrl+N。</translation>
    </message>
    <message>
        <source>No code</source>
        <translation>无码已加入</translation>
    </message>
    <message>
        <source>No-code library</source>
        <translation>无码库</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Drug</source>
        <translation>药品</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>Expires on</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>剩</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>Bought on</source>
        <translation>购进日期</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>已购进</translation>
    </message>
    <message>
        <source>May be paid</source>
        <translation>可结算</translation>
    </message>
    <message>
        <source>New entry: drug by name, pinyin initials or barcode</source>
        <translation>登记无码盒：输药名、拼音首字母或条码</translation>
    </message>
    <message>
        <source>From</source>
        <translation>自</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>The no-code library is empty. Boxes that need a code and have none are entered here by drug and lot; the manager approves them, then the checkout may take them with Ctrl+N.</source>
        <translation>无码库是空的。应有码而盒上无码的药，在这里按药品和批号登记；店长批准后，收银时按 Ctrl+N 取用。</translation>
    </message>
    <message>
        <source>✕ two dates, 2026-01-01 to 2026-01-31</source>
        <translation>✕ 填两个日期，如 2026-01-01 至 2026-01-31</translation>
    </message>
    <message>
        <source>Fill in what stands on the boxes and what proves the purchase.</source>
        <translation>照盒子填写，并写明购进凭证。</translation>
    </message>
    <message>
        <source>Then F8. The manager approves it afterwards.</source>
        <translation>填好按 F8，之后由店长批准。</translation>
    </message>
    <message>
        <source>New entry</source>
        <translation>新登记</translation>
    </message>
    <message>
        <source>Has a code</source>
        <translation>盒上有码</translation>
    </message>
    <message>
        <source>This box has a trace code: it needs no entry. Sell it.</source>
        <translation>这盒有追溯码，不用登记，直接扫码卖。</translation>
    </message>
    <message>
        <source>Scan the barcode of a drug on the list, or type it.</source>
        <translation>扫目录内药品的商品条码，或手工查找。</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>找不到</translation>
    </message>
    <message>
        <source>Keeping …</source>
        <translation>正在登记…</translation>
    </message>
    <message>
        <source>%1, %2 boxes left, bought on %3.</source>
        <translation>%1，剩 %2 盒，%3 购进。</translation>
    </message>
    <message>
        <source>evidence: %1</source>
        <translation>凭证：%1</translation>
    </message>
    <message>
        <source>Only an entry that waits for the manager is approved.</source>
        <translation>只有“待店长批准”的才能批准。</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>不用批准</translation>
    </message>
    <message>
        <source>Approve?</source>
        <translation>批准吗？</translation>
    </message>
    <message>
        <source>Go to an entry that is not closed first.</source>
        <translation>先在列表里选一条没停用的。</translation>
    </message>
    <message>
        <source>Which one?</source>
        <translation>哪一条？</translation>
    </message>
    <message>
        <source>Close it?</source>
        <translation>停用吗？</translation>
    </message>
    <message>
        <source>Why does lot %1 give no more boxes?</source>
        <translation>批号 %1 为什么停用？</translation>
    </message>
    <message>
        <source>The entry still waits for the manager.</source>
        <translation>这一条仍待店长批准。</translation>
    </message>
    <message>
        <source>Not approved</source>
        <translation>没批准</translation>
    </message>
    <message>
        <source>Entry %1 waits for the manager.</source>
        <translation>%1 待店长批准。</translation>
    </message>
    <message>
        <source>Go to it in the list, press Enter, type the manager&apos;s PIN.</source>
        <translation>在列表里选中，按 Enter，由店长输密码。</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>已登记</translation>
    </message>
    <message>
        <source>The checkout may take boxes of entry %1 with Ctrl+N.</source>
        <translation>%1 已可用，收银时按 Ctrl+N 取用。</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Entry %1 gives no more boxes. It stays in the records.</source>
        <translation>%1 已停用，记录保留。</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Boxes that need a trace code and have none.</source>
        <translation>应有追溯码而盒上无码的药。</translation>
    </message>
    <message>
        <source>Insurance takes only those bought before 2025-07-01.</source>
        <translation>医保只结算 2025-07-01 前购进的。</translation>
    </message>
    <message>
        <source>entered by %1</source>
        <translation>登记人 %1</translation>
    </message>
    <message>
        <source>approved by %1</source>
        <translation>批准人 %1</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>No box of this entry is with a customer.</source>
        <translation>这一条没有可退的盒。</translation>
    </message>
    <message>
        <source>Take it back?</source>
        <translation>退回吗？</translation>
    </message>
    <message>
        <source>On which receipt was it sold?</source>
        <translation>在哪张小票上卖出的？</translation>
    </message>
    <message>
        <source>Why does the customer bring it back?</source>
        <translation>为什么退回？</translation>
    </message>
    <message>
        <source>Return %1 is on the disk and will be uploaded.</source>
        <translation>退货单 %1 已保存，稍后上传。</translation>
    </message>
    <message>
        <source>Put the box to the returns; the library gets none back.</source>
        <translation>药放退货区，不再销售，无码库数量不加回。</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退货</translation>
    </message>
    <message>
        <source>boxes</source>
        <translation>盒数</translation>
    </message>
    <message>
        <source>invoice number, name of a picture</source>
        <translation>发票号、照片名</translation>
    </message>
    <message>
        <source>Lot, boxes</source>
        <translation>批号、盒数</translation>
    </message>
    <message>
        <source>Made, expires</source>
        <translation>生产、效期</translation>
    </message>
    <message>
        <source>Why no code</source>
        <translation>无码原因</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>凭证</translation>
    </message>
    <message>
        <source>Made on</source>
        <translation>生产日期</translation>
    </message>
    <message>
        <source>find it on the left</source>
        <translation>在左边查找</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Opening …</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>The first time takes a little longer.</source>
        <translation>第一次打开要多等一会儿。</translation>
    </message>
</context>
<context>
    <name>Outbox</name>
    <message>
        <source>lot not filled in</source>
        <translation>批号未填</translation>
    </message>
    <message>
        <source>a field is too long</source>
        <translation>有一项太长</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待上传</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>正在上传</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>平台已收</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>平台拒收</translation>
    </message>
    <message>
        <source>unknown, will be asked</source>
        <translation>结果未知，会再问</translation>
    </message>
    <message>
        <source>every state</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>not there yet</source>
        <translation>还没传到</translation>
    </message>
    <message>
        <source>the platform&apos;s server gave %1 instead of an answer</source>
        <translation>平台服务器没有给出应答，只返回 %1</translation>
    </message>
    <message>
        <source>the line is down</source>
        <translation>网络断开</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>平台没有及时回应</translation>
    </message>
    <message>
        <source>the answer broke off</source>
        <translation>平台的回复中途断了</translation>
    </message>
    <message>
        <source>the answer was no answer (too large)</source>
        <translation>平台的回复过大，没有采用</translation>
    </message>
    <message>
        <source>the answer could not be read</source>
        <translation>平台的回复读不懂</translation>
    </message>
    <message>
        <source>the answer said nothing about the lines</source>
        <translation>平台的回复没提到这些记录</translation>
    </message>
    <message>
        <source>the answer was about other lines</source>
        <translation>平台回复的是别的记录</translation>
    </message>
    <message>
        <source>the answer was to another message</source>
        <translation>收到的是另一条记录的回复</translation>
    </message>
    <message>
        <source>the answer contradicted itself</source>
        <translation>应答前后矛盾</translation>
    </message>
    <message>
        <source>the platform holds other trace codes under this line&apos;s number: compare them there and tell the platform; the line is not sent again</source>
        <translation>平台上此流水号记的是别的追溯码：请到平台核对并联系平台处理；本行不会再次上传</translation>
    </message>
    <message>
        <source>no platform is set up</source>
        <translation>还没有设置平台</translation>
    </message>
    <message>
        <source>confirmed by asking (3513)</source>
        <translation>查询平台后确认（3513）</translation>
    </message>
</context>
<context>
    <name>Pad</name>
    <message>
        <source>Take the last digit back</source>
        <translation>退一位</translation>
    </message>
    <message>
        <source>Done (Enter)</source>
        <translation>完成（Enter）</translation>
    </message>
</context>
<context>
    <name>Paper</name>
    <message>
        <source>page %1 of %2</source>
        <translation>第 %1 页，共 %2 页</translation>
    </message>
    <message>
        <source>printed %1</source>
        <translation>打印时间：%1</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>通过时间</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>Passed means done right at the practice counter, as its log says.</source>
        <translation>通过：在培训收银台上自己做对，以练习账的记录为准。</translation>
    </message>
    <message>
        <source>Training record</source>
        <translation>培训记录</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数</translation>
    </message>
    <message>
        <source>Time line of a box</source>
        <translation>药盒时间线</translation>
    </message>
</context>
<context>
    <name>Pay</name>
    <message>
        <source>Self-paid  F3</source>
        <translation>自费  F3</translation>
    </message>
    <message>
        <source>Cash received</source>
        <translation>实收现金</translation>
    </message>
    <message>
        <source>Empty: exactly the sum</source>
        <translation>不填就是正好</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>应收</translation>
    </message>
    <message>
        <source>%1 boxes · %2 codes</source>
        <translation>%1 盒 · %2 码</translation>
    </message>
    <message>
        <source>Answer the question first (Esc: none)</source>
        <translation>先回答问题（Esc 不答）</translation>
    </message>
    <message>
        <source>Nothing scanned yet</source>
        <translation>还没有扫药</translation>
    </message>
    <message>
        <source>Press F2 or F3</source>
        <translation>请按 F2 或 F3</translation>
    </message>
    <message>
        <source>Press F3</source>
        <translation>请按 F3</translation>
    </message>
    <message>
        <source>Enter: settle with insurance</source>
        <translation>Enter 医保结算</translation>
    </message>
    <message>
        <source>Type the rest, or its key</source>
        <translation>输入余款，或按付款方式的键</translation>
    </message>
    <message>
        <source>Enter: received, print receipt</source>
        <translation>Enter 确认收款，打小票</translation>
    </message>
    <message>
        <source>Insured</source>
        <translation>医保</translation>
    </message>
    <message>
        <source>Still to pay</source>
        <translation>还差</translation>
    </message>
    <message>
        <source>too little</source>
        <translation>实收不足</translation>
    </message>
    <message>
        <source>Change ¥%1</source>
        <translation>找零 ¥%1</translation>
    </message>
    <message>
        <source>Take ¥%1</source>
        <translation>收 ¥%1</translation>
    </message>
    <message>
        <source>insured ¥%1 · self-paid ¥%2</source>
        <translation>医保 ¥%1 · 自费 ¥%2</translation>
    </message>
    <message>
        <source>prescription %1</source>
        <translation>处方 %1</translation>
    </message>
    <message>
        <source>no prescription (Ctrl+Q)</source>
        <translation>未登记处方（Ctrl+Q）</translation>
    </message>
    <message>
        <source>Number of the case, then Enter</source>
        <translation>输入商保单号后按 Enter</translation>
    </message>
    <message>
        <source>rest by %1</source>
        <translation>余款%1</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>Enter: %1</source>
        <translation>Enter：%1 收款</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>商保单号</translation>
    </message>
</context>
<context>
    <name>Payment</name>
    <message>
        <source>self-paid</source>
        <translation>自费</translation>
    </message>
    <message>
        <source>personal account</source>
        <translation>个人账户</translation>
    </message>
    <message>
        <source>outpatient pooled</source>
        <translation>门诊统筹</translation>
    </message>
    <message>
        <source>chronic disease</source>
        <translation>门诊慢特病</translation>
    </message>
    <message>
        <source>dual channel</source>
        <translation>双通道</translation>
    </message>
    <message>
        <source>work injury</source>
        <translation>工伤</translation>
    </message>
    <message>
        <source>insured, the till did not say by which kind</source>
        <translation>医保（收银系统未告知种类）</translation>
    </message>
    <message>
        <source>insured</source>
        <translation>医保</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>Number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Keep this person</source>
        <translation>保存人员</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>✓ Kept: %1</source>
        <translation>✓ 已保存：%1</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>工牌</translation>
    </message>
    <message>
        <source>No badge is being enrolled.</source>
        <translation>没有在登记工牌。</translation>
    </message>
    <message>
        <source>Number and name are needed.</source>
        <translation>请填写编号和姓名。</translation>
    </message>
    <message>
        <source>A PIN has at least 6 digits.</source>
        <translation>密码至少 6 位数字。</translation>
    </message>
    <message>
        <source>This PIN is too simple: not all the same, not 123456.</source>
        <translation>密码太简单，不能全是同一个数字，也不能是 123456。</translation>
    </message>
    <message>
        <source>A new person needs a PIN.</source>
        <translation>新人员要设密码。</translation>
    </message>
    <message>
        <source>Choose a role.</source>
        <translation>请选择岗位。</translation>
    </message>
    <message>
        <source>The first person must be the manager (店长): somebody has to approve.</source>
        <translation>第一个人必须是店长，否则没有人能审批。</translation>
    </message>
    <message>
        <source>This is the only manager: make another person manager first.</source>
        <translation>这是唯一的店长，请先指定另一位店长。</translation>
    </message>
    <message>
        <source>This person is not in the list.</source>
        <translation>名单里没有此人。</translation>
    </message>
    <message>
        <source>This badge is another person&apos;s.</source>
        <translation>这张工牌已属于别人。</translation>
    </message>
    <message>
        <source>This is no badge: it is a code of a box, of a person, or too short.</source>
        <translation>这不能当工牌：是药盒码、个人码，或者太短。</translation>
    </message>
    <message>
        <source>That was another code. Scan the badge twice again.</source>
        <translation>两次不一样，请重新扫两次。</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Nobody is set up yet. Add the manager (店长) first, below.</source>
        <translation>还没有人员。请先在下面添加店长。</translation>
    </message>
    <message>
        <source>PIN, 6 digits; empty: as before</source>
        <translation>密码，6 位；不改则留空</translation>
    </message>
    <message>
        <source>New badge (PDF)</source>
        <translation>新工牌（PDF）</translation>
    </message>
    <message>
        <source>Use a card: scan it twice</source>
        <translation>用现有卡：扫两次</translation>
    </message>
    <message>
        <source>Withdraw badge</source>
        <translation>作废工牌</translation>
    </message>
    <message>
        <source>End lock-out</source>
        <translation>解除锁定</translation>
    </message>
    <message>
        <source>Leaves / comes back</source>
        <translation>离职／复职</translation>
    </message>
    <message>
        <source>has one</source>
        <translation>有</translation>
    </message>
    <message>
        <source>left</source>
        <translation>已离职</translation>
    </message>
    <message>
        <source>locked until %1</source>
        <translation>锁定至 %1</translation>
    </message>
    <message>
        <source>%1 wrong PINs</source>
        <translation>密码错 %1 次</translation>
    </message>
    <message>
        <source>works here</source>
        <translation>在职</translation>
    </message>
    <message>
        <source>Choose a person in the list first.</source>
        <translation>请先在名单里选一个人。</translation>
    </message>
    <message>
        <source>✓ Badge written to %1: print it, then delete the file.</source>
        <translation>✓ 工牌已存到 %1，打印后请删除文件。</translation>
    </message>
    <message>
        <source>✓ The badge signs in nobody any more.</source>
        <translation>✓ 工牌已作废。</translation>
    </message>
    <message>
        <source>✓ %1 may sign in again.</source>
        <translation>✓ %1 可以重新登录了。</translation>
    </message>
    <message>
        <source>Scan the card of %1 now.</source>
        <translation>请扫 %1 的卡。</translation>
    </message>
    <message>
        <source>✓ Once. Scan the same card again.</source>
        <translation>✓ 第一次。请再扫一次同一张卡。</translation>
    </message>
    <message>
        <source>✓ The card is the badge of %1 now.</source>
        <translation>✓ 这张卡已是 %1 的工牌。</translation>
    </message>
    <message>
        <source>! No manager (店长) is set up: nobody can approve or free a locked number. Add one below under People.</source>
        <translation>! 还没有店长，没有人能审批或解锁。请在下面“人员”里添加。</translation>
    </message>
</context>
<context>
    <name>Person</name>
    <message>
        <source>Identity card</source>
        <translation>身份证</translation>
    </message>
    <message>
        <source>Social security card</source>
        <translation>社保卡</translation>
    </message>
    <message>
        <source>Insurance e-voucher</source>
        <translation>医保码</translation>
    </message>
    <message>
        <source>Spouse</source>
        <translation>配偶</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>子女</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>父母</translation>
    </message>
    <message>
        <source>Other relative</source>
        <translation>其他亲属</translation>
    </message>
    <message>
        <source>Carer or other</source>
        <translation>护理人员或其他</translation>
    </message>
    <message>
        <source>male</source>
        <translation>男</translation>
    </message>
    <message>
        <source>female</source>
        <translation>女</translation>
    </message>
    <message>
        <source>%1 years</source>
        <translation>%1 岁</translation>
    </message>
    <message>
        <source>! In the register: %1 bought in the last %2 days</source>
        <translation>! 专册记录：近 %2 天已购 %1</translation>
    </message>
    <message>
        <source>✕ That is no card of a person. Scan the card, or type its number.</source>
        <translation>✕ 这不是证件或医保码。请扫描证件，或输入号码。</translation>
    </message>
    <message>
        <source>✕ That number has a slip: its last sign does not fit. Type it again.</source>
        <translation>✕ 号码有误：校验位不符，请重新输入。</translation>
    </message>
    <message>
        <source>✕ That is a payment code, nothing was kept. Show the card first.</source>
        <translation>✕ 这是付款码，未作任何保存。请先出示证件。</translation>
    </message>
    <message>
        <source>✕ Another kind of card is wanted.</source>
        <translation>✕ 需要另一种证件。</translation>
    </message>
    <message>
        <source>✕ Type the name, without digits.</source>
        <translation>✕ 请输入姓名，不含数字。</translation>
    </message>
    <message>
        <source>✕ Nobody was seen yet. Show the card first.</source>
        <translation>✕ 还没有出示证件，请先出示。</translation>
    </message>
    <message>
        <source>For nobody</source>
        <translation>已清除</translation>
    </message>
    <message>
        <source>The sale is for nobody any more; what was entered is gone.</source>
        <translation>本单不再对应任何人，已登记的信息已销毁。</translation>
    </message>
</context>
<context>
    <name>Practice</name>
    <message>
        <source>Lessons</source>
        <translation>上课</translation>
    </message>
    <message>
        <source>Six lessons of five minutes</source>
        <translation>六堂课，每堂五分钟</translation>
    </message>
    <message>
        <source>Click a box to scan it.</source>
        <translation>点一下，就扫一盒。</translation>
    </message>
    <message>
        <source>Practice scanner</source>
        <translation>练习扫码枪</translation>
    </message>
    <message>
        <source>Open the practice scanner</source>
        <translation>打开练习扫码枪</translation>
    </message>
    <message>
        <source>Fold the practice scanner away</source>
        <translation>收起练习扫码枪</translation>
    </message>
</context>
<context>
    <name>Receipt</name>
    <message>
        <source>Receipt</source>
        <translation>小票</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>存成 PDF…</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>补打</translation>
    </message>
</context>
<context>
    <name>Receipts</name>
    <message>
        <source>Back</source>
        <translation>退</translation>
    </message>
    <message>
        <source>Drug</source>
        <translation>药品</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>Trace code or number</source>
        <translation>追溯码 / 数量</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现状</translation>
    </message>
    <message>
        <source>No receipt is open.</source>
        <translation>没有打开的小票。</translation>
    </message>
    <message>
        <source>Take back (F6)</source>
        <translation>退货（F6）</translation>
    </message>
    <message>
        <source>Cancel the whole insured sale (Ctrl+Z)</source>
        <translation>整单冲正（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Print again (Ctrl+P)</source>
        <translation>补打小票（Ctrl+P）</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>返回（Esc）</translation>
    </message>
    <message>
        <source>Why does it come back?</source>
        <translation>退货原因</translation>
    </message>
    <message>
        <source>Receipt %1</source>
        <translation>小票 %1</translation>
    </message>
    <message>
        <source>no-code library %1</source>
        <translation>无码库 %1</translation>
    </message>
    <message>
        <source>counter %1</source>
        <translation>收银台 %1</translation>
    </message>
    <message>
        <source>clerk %1</source>
        <translation>营业员 %1</translation>
    </message>
    <message>
        <source>total ¥%1</source>
        <translation>合计 ¥%1</translation>
    </message>
    <message>
        <source>settles %1 anew</source>
        <translation>退货重结 %1</translation>
    </message>
    <message>
        <source>settlement cancelled</source>
        <translation>结算已撤销</translation>
    </message>
    <message>
        <source>%1 %2 of an opened box: not taken back</source>
        <translation>拆零 %1 %2，不退</translation>
    </message>
    <message>
        <source>gift</source>
        <translation>赠品</translation>
    </message>
    <message>
        <source>put back on the shelf</source>
        <translation>已撤销，放回货架</translation>
    </message>
    <message>
        <source>%1 returned, %2 left</source>
        <translation>已退 %1，还有 %2</translation>
    </message>
    <message>
        <source>returned %1</source>
        <translation>已退 %1</translation>
    </message>
    <message>
        <source>was ¥%1: %2</source>
        <translation>原价 ¥%1：%2</translation>
    </message>
    <message>
        <source>Nothing to return</source>
        <translation>没有可退的</translation>
    </message>
    <message>
        <source>All of it has come back, or was sold in parts.</source>
        <translation>都已退过，或是拆零卖出的。</translation>
    </message>
    <message>
        <source>Space ticks a row; a scan of its box does so too.</source>
        <translation>空格勾选，扫盒上追溯码也行。</translation>
    </message>
    <message>
        <source>of the till: %1</source>
        <translation>收银系统小票 %1</translation>
    </message>
    <message>
        <source>of the till</source>
        <translation>由收银系统收款</translation>
    </message>
    <message>
        <source>Tick what the customer has brought back.</source>
        <translation>勾选顾客拿回来的药。</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退货</translation>
    </message>
    <message>
        <source>%1 back: %2</source>
        <translation>退 %1 盒：%2</translation>
    </message>
    <message>
        <source>Reason: %1. F6 takes it back.</source>
        <translation>原因：%1。按 F6 退货。</translation>
    </message>
    <message>
        <source>Why? Press 1 to 4, then F6.</source>
        <translation>按 1～4 选原因，再按 F6。</translation>
    </message>
    <message>
        <source>Back ¥%1</source>
        <translation>退 ¥%1</translation>
    </message>
    <message>
        <source>Back: %1</source>
        <translation>退 %1 件</translation>
    </message>
    <message>
        <source>What the customer kept stands on receipt %1: open that one.</source>
        <translation>顾客留下的货在小票 %1 上：请打开那张。</translation>
    </message>
    <message>
        <source>Nothing of it was taken back. Tick again.</source>
        <translation>这次一盒也没退，请重新勾选。</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>没退成</translation>
    </message>
    <message>
        <source>Return %1 is on the disk.</source>
        <translation>退货单 %1 已记账。</translation>
    </message>
    <message>
        <source>Put the goods to the returns; they are not sold again.</source>
        <translation>把药放到退货区，不再上架销售。</translation>
    </message>
    <message>
        <source>Give ¥%1</source>
        <translation>应退 ¥%1</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>Put the goods to the returns. The money is the till&apos;s to give back.</source>
        <translation>把货放到退货区。退款由收银系统办理。</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>还不知道</translation>
    </message>
    <message>
        <source>The till has settled it (%1): take it back at the till.</source>
        <translation>这一单由收银系统结算（%1）：请先在收银系统退货、撤销结算。</translation>
    </message>
    <message>
        <source>Cancel settlement %1 at the insurance&apos;s own terminal.</source>
        <translation>请先在医保终端撤销结算 %1。</translation>
    </message>
    <message>
        <source>When it is cancelled there, press the same key again.</source>
        <translation>终端上撤销完成后，再按一次同一个键。</translation>
    </message>
    <message>
        <source>Cancel there first</source>
        <translation>先撤销结算</translation>
    </message>
    <message>
        <source>What is kept is receipt %1.</source>
        <translation>留下的商品见小票 %1。</translation>
    </message>
    <message>
        <source>What is kept waits as sale %1: take it up (F5) and press F2, or F3.</source>
        <translation>留下的商品已挂单 %1：按 F5 取回，再按 F2 或 F3 收款。</translation>
    </message>
    <message>
        <source>Settle the rest</source>
        <translation>留下的待结算</translation>
    </message>
    <message>
        <source>Back as it was paid: %1.</source>
        <translation>原路退回：%1。</translation>
    </message>
    <message>
        <source>Give what the slip says</source>
        <translation>按结算单退款</translation>
    </message>
    <message>
        <source>Take ¥%1</source>
        <translation>补收 ¥%1</translation>
    </message>
    <message>
        <source>fund</source>
        <translation>统筹</translation>
    </message>
    <message>
        <source>account</source>
        <translation>个人账户</translation>
    </message>
    <message>
        <source>mutual account</source>
        <translation>共济</translation>
    </message>
    <message>
        <source>own cash</source>
        <translation>现金</translation>
    </message>
    <message>
        <source>as its slip says</source>
        <translation>以结算单为准</translation>
    </message>
    <message>
        <source>Settled at the till: take it back there first.</source>
        <translation>由收银系统结算：请先在收银系统退货。</translation>
    </message>
    <message>
        <source>Paid by the insurance: its settlement is cancelled first, what is kept is settled anew.</source>
        <translation>医保销售：先撤销结算，留下的商品重新结算。</translation>
    </message>
    <message>
        <source>Nothing has changed.</source>
        <translation>什么都没有变。</translation>
    </message>
    <message>
        <source>kept, see %1</source>
        <translation>留下，见 %1</translation>
    </message>
    <message>
        <source>Cancelled: %1.</source>
        <translation>已撤销：%1。</translation>
    </message>
    <message>
        <source>Anew: %1.</source>
        <translation>重结：%1。</translation>
    </message>
    <message>
        <source>Not again</source>
        <translation>不能再退</translation>
    </message>
    <message>
        <source>%1 is not on this receipt.</source>
        <translation>%1 不在这张小票上。</translation>
    </message>
    <message>
        <source>Look it up: Esc, then scan it again.</source>
        <translation>要查它：按 Esc，再扫一次。</translation>
    </message>
    <message>
        <source>Not on it</source>
        <translation>不是这单的</translation>
    </message>
</context>
<context>
    <name>Register</name>
    <message>
        <source>Nothing that the register wants was sold on these days.</source>
        <translation>这几天没有需登记的销售。</translation>
    </message>
    <message>
        <source>A manager lets the register be opened …</source>
        <translation>需店长同意后打开专册……</translation>
    </message>
    <message>
        <source>✕ Not opened: no manager said yes.</source>
        <translation>✕ 未打开：店长没有同意。</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>含麻专册</translation>
    </message>
</context>
<context>
    <name>Row</name>
    <message>
        <source>The row is broken (a NUL character): export it again.</source>
        <translation>这一行坏了（含空字符），请重新导出。</translation>
    </message>
    <message>
        <source>The quantity is no whole number of boxes.</source>
        <translation>数量不是整盒数。</translation>
    </message>
    <message>
        <source>The price is no amount in yuan and fen.</source>
        <translation>单价不是元角分的金额。</translation>
    </message>
    <message>
        <source>The pack level is no digit from 1 to 9.</source>
        <translation>包装级别应是 1 到 9 的数字。</translation>
    </message>
    <message>
        <source>The lot is too long or not one line of text.</source>
        <translation>批号太长，或不是一行文字。</translation>
    </message>
    <message>
        <source>The production date is no whole date.</source>
        <translation>生产日期不是完整日期。</translation>
    </message>
    <message>
        <source>The expiry is no whole date.</source>
        <translation>有效期不是完整日期。</translation>
    </message>
    <message>
        <source>The arrival temperature is no number of degrees.</source>
        <translation>到货温度不是数字。</translation>
    </message>
    <message>
        <source>The arrival is no day with its time, as 2026-01-31 09:30.</source>
        <translation>到货时间不是日期加时间，如 2026-01-31 09:30。</translation>
    </message>
    <message>
        <source>The document number is too long or not one line.</source>
        <translation>单号太长，或不是一行文字。</translation>
    </message>
    <message>
        <source>The supplier is too long or not one line.</source>
        <translation>供货单位太长，或不是一行文字。</translation>
    </message>
    <message>
        <source>The item code is none of ours in form.</source>
        <translation>商品编码写法不对。</translation>
    </message>
    <message>
        <source>The identification code is wrong in form.</source>
        <translation>药品标识码写法不对。</translation>
    </message>
    <message>
        <source>The expiry lies before the production.</source>
        <translation>有效期早于生产日期。</translation>
    </message>
    <message>
        <source>The row names no ticket.</source>
        <translation>这一行没有小票号。</translation>
    </message>
    <message>
        <source>This way of paying is not known: {detail}.</source>
        <translation>付款方式看不懂：{detail}。</translation>
    </message>
    <message>
        <source>The row names no drug.</source>
        <translation>这一行没写是哪个药。</translation>
    </message>
    <message>
        <source>The document number is missing.</source>
        <translation>缺单号。</translation>
    </message>
    <message>
        <source>The supplier is missing.</source>
        <translation>缺供货单位。</translation>
    </message>
    <message>
        <source>The trace code is missing.</source>
        <translation>缺追溯码。</translation>
    </message>
    <message>
        <source>Its trace code stands in this file already.</source>
        <translation>追溯码在文件里重复了。</translation>
    </message>
    <message>
        <source>A spreadsheet has rounded the trace code: export the column as text.</source>
        <translation>追溯码被表格软件改了尾数，请把这一列按文本导出。</translation>
    </message>
    <message>
        <source>The code begins unlike a trace code: map it first.</source>
        <translation>码的开头不像追溯码，请先对码。</translation>
    </message>
    <message>
        <source>That is no trace code.</source>
        <translation>这不是追溯码。</translation>
    </message>
    <message>
        <source>A person&apos;s number stands there; it is not kept.</source>
        <translation>这里是个人证件号，不保存。</translation>
    </message>
    <message>
        <source>The row names neither a drug nor its insurance code.</source>
        <translation>这一行既没有药名也没有医保编码。</translation>
    </message>
    <message>
        <source>The kind of limit is not known.</source>
        <translation>限制类型不认识。</translation>
    </message>
    <message>
        <source>What the limit allows is missing.</source>
        <translation>限制值没有填。</translation>
    </message>
    <message>
        <source>The limit is none that this kind knows.</source>
        <translation>限制值不是这一类型可有的值。</translation>
    </message>
    <message>
        <source>The day of the list is no whole date.</source>
        <translation>名单日期不是完整的日期。</translation>
    </message>
    <message>
        <source>Another row of the file says otherwise of this limit.</source>
        <translation>同一限制在本文件另一行写得不同。</translation>
    </message>
    <message>
        <source>A cell is too long: part of it would be lost.</source>
        <translation>单元格太长，会丢内容。</translation>
    </message>
    <message>
        <source>Its item code stands in this file already.</source>
        <translation>商品编码在文件里重复。</translation>
    </message>
    <message>
        <source>The drug&apos;s name is missing.</source>
        <translation>缺药品名称。</translation>
    </message>
    <message>
        <source>A barcode&apos;s check digit is wrong.</source>
        <translation>条码校验位不对。</translation>
    </message>
    <message>
        <source>The identification belongs to another drug: clear that first.</source>
        <translation>标识码已属于另一种药：请先处理那一条。</translation>
    </message>
    <message>
        <source>No drug of ours has this item code.</source>
        <translation>没有这个商品编码的药。</translation>
    </message>
    <message>
        <source>Somebody took this mapping out: put it in by hand.</source>
        <translation>这条映射被人停用过：请手工重新加入。</translation>
    </message>
    <message>
        <source>A new mapping needs a second person: do it by hand.</source>
        <translation>新映射需要第二人复核：请手工加入。</translation>
    </message>
    <message>
        <source>A cell holds what is not allowed in its column:</source>
        <translation>单元格内容不符合该列要求：</translation>
    </message>
</context>
<context>
    <name>Rx</name>
    <message>
        <source>prescription number, drug, institution or prescriber</source>
        <translation>处方编号、药品、医疗机构或医师</translation>
    </message>
    <message>
        <source>Kept at</source>
        <translation>登记时间</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>处方编号</translation>
    </message>
    <message>
        <source>Written on</source>
        <translation>开具日期</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>医疗机构</translation>
    </message>
    <message>
        <source>Prescriber</source>
        <translation>开方医师</translation>
    </message>
    <message>
        <source>Drugs</source>
        <translation>药品</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>小票</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Receipt (Enter)</source>
        <translation>看小票（Enter）</translation>
    </message>
    <message>
        <source>Diagnosis and picture (F8)</source>
        <translation>诊断和图片（F8）</translation>
    </message>
    <message>
        <source>Save as a file (Ctrl+S)</source>
        <translation>存为文件（Ctrl+S）</translation>
    </message>
    <message>
        <source>No prescription fits. At the checkout Ctrl+Q keeps one.</source>
        <translation>没有符合的处方。在收银按 Ctrl+Q 登记。</translation>
    </message>
    <message>
        <source>%1 prescriptions · the newest first</source>
        <translation>%1 张处方 · 新的在前</translation>
    </message>
    <message>
        <source>Nothing was sealed with this prescription.</source>
        <translation>这张处方没有加密保存的内容。</translation>
    </message>
    <message>
        <source>✕ Not opened: it was dropped, or we are locked.</source>
        <translation>✕ 打不开：已按期销毁，或收银台已锁。</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>没有填写</translation>
    </message>
    <message>
        <source>Diagnosis: %1</source>
        <translation>诊断：%1</translation>
    </message>
    <message>
        <source>Prescriptions</source>
        <translation>处方登记</translation>
    </message>
    <message>
        <source>✕ Not saved: nobody has allowed it.</source>
        <translation>✕ 没有保存：没有人批准。</translation>
    </message>
    <message>
        <source>✓ %1 prescriptions saved: %2</source>
        <translation>✓ 已保存 %1 张处方：%2</translation>
    </message>
    <message>
        <source>electronic</source>
        <translation>电子</translation>
    </message>
    <message>
        <source>sealed</source>
        <translation>有</translation>
    </message>
</context>
<context>
    <name>Sale</name>
    <message>
        <source>no code needed</source>
        <translation>无需扫码</translation>
    </message>
    <message>
        <source>%1 to scan</source>
        <translation>还差 %1 盒</translation>
    </message>
    <message>
        <source>Rx</source>
        <translation>处方</translation>
    </message>
    <message>
        <source>self-paid</source>
        <translation>自费</translation>
    </message>
    <message>
        <source>to be completed</source>
        <translation>待补全</translation>
    </message>
    <message>
        <source>keep cold</source>
        <translation>冷藏</translation>
    </message>
    <message>
        <source>special drug</source>
        <translation>特殊药品</translation>
    </message>
    <message>
        <source>Lines of this sale</source>
        <translation>本单商品</translation>
    </message>
    <message>
        <source>Scan a box, or press F1 to find a drug.</source>
        <translation>请扫药盒，或按 F1 找药。</translation>
    </message>
    <message>
        <source>no code · lot %1 · expires %2</source>
        <translation>无码 · 批号 %1 · 效期 %2</translation>
    </message>
    <message>
        <source>[insurance pays]</source>
        <translation>【医保】</translation>
    </message>
    <message>
        <source>[customer pays]</source>
        <translation>【自费】</translation>
    </message>
    <message>
        <source>[not in an insured sale]</source>
        <translation>【不可医保】</translation>
    </message>
    <message>
        <source>gift</source>
        <translation>赠品</translation>
    </message>
    <message>
        <source>was ¥%1</source>
        <translation>原价 ¥%1</translation>
    </message>
    <message>
        <source>athletes: take care</source>
        <translation>运动员慎用</translation>
    </message>
    <message>
        <source>← next box</source>
        <translation>← 下一盒</translation>
    </message>
    <message>
        <source>(typed)</source>
        <translation>（手工）</translation>
    </message>
</context>
<context>
    <name>Sales</name>
    <message>
        <source>drug, receipt, trace code or clerk</source>
        <translation>药品、小票号、追溯码、营业员</translation>
    </message>
    <message>
        <source>every payment</source>
        <translation>所有付款方式</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>小票号</translation>
    </message>
    <message>
        <source>Drugs</source>
        <translation>药品</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>码数</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>付款方式</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Clerk</source>
        <translation>营业员</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>收银台</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>退货</translation>
    </message>
    <message>
        <source>No sale fits these fields.</source>
        <translation>没有符合的销售单。改一改条件。</translation>
    </message>
    <message>
        <source>list of sales</source>
        <translation>销售单列表</translation>
    </message>
    <message>
        <source>Sums (Ctrl+E)</source>
        <translation>汇总（Ctrl+E）</translation>
    </message>
    <message>
        <source>Open (Enter)</source>
        <translation>打开（Enter）</translation>
    </message>
    <message>
        <source>Print again (Ctrl+P)</source>
        <translation>补打（Ctrl+P）</translation>
    </message>
    <message>
        <source>Return (F6)</source>
        <translation>退货（F6）</translation>
    </message>
    <message>
        <source>Save as a file (Ctrl+S)</source>
        <translation>导出（Ctrl+S）</translation>
    </message>
    <message>
        <source>No sale fits. Empty the first day to look at all days.</source>
        <translation>没有符合的销售单。清空起始日期可查所有日子。</translation>
    </message>
    <message>
        <source>%1 sales · ¥%2 · the newest first</source>
        <translation>%1 单 · ¥%2 · 新的在上</translation>
    </message>
    <message>
        <source>%1 sales · ¥%2</source>
        <translation>%1 单 · ¥%2</translation>
    </message>
    <message>
        <source> · ¥%1 of it returned</source>
        <translation> · 其中退货 ¥%1</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>销售单</translation>
    </message>
    <message>
        <source>✓ %1 sales saved: %2</source>
        <translation>✓ 已导出 %1 单：%2</translation>
    </message>
    <message>
        <source>✓ %1 rows of sums saved: %2</source>
        <translation>✓ 已导出 %1 行汇总：%2</translation>
    </message>
    <message>
        <source>sums by day</source>
        <translation>按日汇总</translation>
    </message>
    <message>
        <source>sums by clerk</source>
        <translation>按营业员汇总</translation>
    </message>
    <message>
        <source>sums by drug</source>
        <translation>按药品汇总</translation>
    </message>
    <message>
        <source>sums by payment</source>
        <translation>按付款方式汇总</translation>
    </message>
    <message>
        <source>Summed by</source>
        <translation>汇总项</translation>
    </message>
    <message>
        <source>Number of sales</source>
        <translation>单数</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>盒数</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>拆零数量</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>已退</translation>
    </message>
    <message>
        <source>Stays sold</source>
        <translation>净额</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation> 等，另有 %1 种</translation>
    </message>
    <message>
        <source>%1 back</source>
        <translation>已退 %1</translation>
    </message>
    <message>
        <source> · price changed</source>
        <translation> · 改价</translation>
    </message>
    <message>
        <source> · till %1</source>
        <translation> · 收银系统 %1</translation>
    </message>
</context>
<context>
    <name>Scanner</name>
    <message>
        <source>Each scan ends with %1.</source>
        <translation>每次扫码以 %1 结束。</translation>
    </message>
    <message>
        <source>No key ends a scan, so each waits for a pause: set the scanner to send Enter (CR).</source>
        <translation>扫码后没有结束键，每次都要等停顿才算完：请把扫码枪设为发送 Enter 回车（CR）。</translation>
    </message>
    <message>
        <source>Nothing ends a scan, so each waits for a pause: set the scanner to send CR.</source>
        <translation>扫码后没有结束符，每次都要等停顿才算完：请把扫码枪设为发送 CR。</translation>
    </message>
    <message>
        <source>Enter (CR)</source>
        <translation>Enter 回车（CR）</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Read as printed.</source>
        <translation>与卡上印的一致。</translation>
    </message>
    <message>
        <source>The GS1 separator GS comes through.</source>
        <translation>GS1 分隔符 GS 能正常传来。</translation>
    </message>
    <message>
        <source>The GS1 separator is missing, lots and serial numbers run together: switch on “transmit GS (0x1D)” in the scanner.</source>
        <translation>GS1 分隔符丢失，批号和序列号连在一起：请在扫码枪里打开“发送 GS（0x1D）”。</translation>
    </message>
    <message>
        <source>Capital and small letters are swapped: switch Caps Lock off, and set the scanner to leave letters as they are.</source>
        <translation>大小写颠倒：请关闭大写锁定键，并把扫码枪设为不改变字母大小写。</translation>
    </message>
    <message>
        <source>All letters arrive as capitals: switch off the case change in the scanner.</source>
        <translation>字母全变成大写：请在扫码枪里关闭大小写转换。</translation>
    </message>
    <message>
        <source>All letters arrive as small ones: switch off the case change in the scanner.</source>
        <translation>字母全变成小写：请在扫码枪里关闭大小写转换。</translation>
    </message>
    <message>
        <source>The input method turns keys into full-width signs: switch it to half width or to English.</source>
        <translation>输入法把字符变成了全角：请切换到半角或英文状态。</translation>
    </message>
    <message>
        <source>The scanner sends %1 behind each code: switch this suffix off in it.</source>
        <translation>扫码枪在每个码后面多发 %1：请在扫码枪里关闭这个后缀。</translation>
    </message>
    <message>
        <source>Only the first %2 of %3 characters arrive: raise the greatest code length in the scanner.</source>
        <translation>%3 个字符只收到前 %2 个：请在扫码枪里调大最大码长。</translation>
    </message>
    <message>
        <source>%2 codes arrived as one scan: set the scanner to read one code a pull, and cover the neighbour.</source>
        <translation>%2 个码连成了一次扫码：请把扫码枪设为每次只读一个码，并遮住旁边的码。</translation>
    </message>
    <message>
        <source>The scanner types %1 before each code: let the program take it off.</source>
        <translation>扫码枪在每个码前面多打 %1：可让程序自动去掉。</translation>
    </message>
    <message>
        <source>The scanner types %1 for the separator GS: tell the program so.</source>
        <translation>扫码枪用 %1 代替分隔符 GS：可让程序按 GS 处理。</translation>
    </message>
    <message>
        <source>%2 of %3 keys were lost: switch the input method to English, or give the scanner a longer delay between keys.</source>
        <translation>%3 个按键丢了 %2 个：请把输入法切换到英文，或调大扫码枪的按键间隔。</translation>
    </message>
    <message>
        <source>The first %2 keys were lost: switch the input method to English, or give the scanner a delay before the code.</source>
        <translation>开头丢了 %2 个按键：请把输入法切换到英文，或让扫码枪在发码前稍作延时。</translation>
    </message>
    <message>
        <source>Signs or letters are exchanged: set the scanner&apos;s keyboard country to the computer&apos;s layout, usually US.</source>
        <translation>符号或字母错位：请把扫码枪的键盘国家设为与电脑一致，一般是美国。</translation>
    </message>
    <message>
        <source>The scanner sends %1 before each code: switch this prefix off in it.</source>
        <translation>扫码枪在每个码前面多发 %1：请在扫码枪里关闭这个前缀。</translation>
    </message>
    <message>
        <source>The scanner sends %1 for the separator GS: switch that change off in it.</source>
        <translation>扫码枪用 %1 代替分隔符 GS：请在扫码枪里关闭这个替换。</translation>
    </message>
    <message>
        <source>%2 of %3 characters were lost: check the cable, then the speed.</source>
        <translation>%3 个字符丢了 %2 个：请先检查数据线，再检查波特率。</translation>
    </message>
    <message>
        <source>The first %2 characters were lost: check the cable, and scan again.</source>
        <translation>开头丢了 %2 个字符：请检查数据线后再扫一次。</translation>
    </message>
    <message>
        <source>Characters arrive changed: let the program find speed and parity.</source>
        <translation>收到的字符不对：请让程序查找波特率和校验。</translation>
    </message>
    <message>
        <source>20 digits</source>
        <translation>20 位数字</translation>
    </message>
    <message>
        <source>many zeros</source>
        <translation>连续的零</translation>
    </message>
    <message>
        <source>GS1 with separator</source>
        <translation>GS1 带分隔符</translation>
    </message>
    <message>
        <source>letters and signs</source>
        <translation>字母和符号</translation>
    </message>
    <message>
        <source>long code</source>
        <translation>长码</translation>
    </message>
    <message>
        <source>QR code</source>
        <translation>二维码（QR）</translation>
    </message>
    <message>
        <source>first of two</source>
        <translation>相邻两码之一</translation>
    </message>
    <message>
        <source>second of two</source>
        <translation>相邻两码之二</translation>
    </message>
    <message>
        <source>USB scanner</source>
        <translation>USB 扫码枪</translation>
    </message>
    <message>
        <source>keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>practice scanner</source>
        <translation>练习扫码枪</translation>
    </message>
    <message>
        <source>Scanner assistant</source>
        <translation>扫码枪助手</translation>
    </message>
    <message>
        <source>Try a scan</source>
        <translation>试扫</translation>
    </message>
    <message>
        <source>Scanners</source>
        <translation>扫码枪列表</translation>
    </message>
    <message>
        <source>Last scans</source>
        <translation>最近扫码</translation>
    </message>
    <message>
        <source>Save the test card… (F2)</source>
        <translation>保存测试卡…（F2）</translation>
    </message>
    <message>
        <source>Start anew (F5)</source>
        <translation>重新开始（F5）</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>From: %1</source>
        <translation>来自：%1</translation>
    </message>
    <message>
        <source>ended by %1</source>
        <translation>结束键：%1</translation>
    </message>
    <message>
        <source>%1 characters</source>
        <translation>%1 个字符</translation>
    </message>
    <message>
        <source>✓ Kept: %1. Scan the line again.</source>
        <translation>✓ 已保存：%1。请再扫一次那一行。</translation>
    </message>
    <message>
        <source>Save the test card</source>
        <translation>保存测试卡</translation>
    </message>
    <message>
        <source>scanner-test-card.pdf</source>
        <translation>扫码枪测试卡.pdf</translation>
    </message>
    <message>
        <source>✓ Saved: %1. Print it at 100 %.</source>
        <translation>✓ 已保存：%1。请按 100 % 打印。</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>扫码枪</translation>
    </message>
    <message>
        <source>Connected by</source>
        <translation>连接方式</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Scans</source>
        <translation>扫码数</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节数</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Looking for scanners …</source>
        <translation>正在查找扫码枪……</translation>
    </message>
    <message>
        <source>Find speed and parity (F6)</source>
        <translation>查找波特率和校验（F6）</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Choose a serial port in the list first.</source>
        <translation>请先在列表里选一个串口。</translation>
    </message>
    <message>
        <source>Trying %1: scan the first line of the test card again and again.</source>
        <translation>正在试 %1：请反复扫测试卡的第一行。</translation>
    </message>
    <message>
        <source>✓ Found: %1. Each scan ends with %2.</source>
        <translation>✓ 找到了：%1。每次扫码以 %2 结束。</translation>
    </message>
    <message>
        <source>✕ Nothing readable came. Is this the port, and was the first line scanned?</source>
        <translation>✕ 没有收到可读的内容。请确认串口选对了，扫的是第一行。</translation>
    </message>
    <message>
        <source>Stop searching (F6)</source>
        <translation>停止查找（F6）</translation>
    </message>
    <message>
        <source>%1 baud, parity %2</source>
        <translation>波特率 %1，校验 %2</translation>
    </message>
    <message>
        <source>It types like a keyboard: %1.</source>
        <translation>它像键盘一样输入：%1。</translation>
    </message>
    <message>
        <source>It is ready.</source>
        <translation>可以使用。</translation>
    </message>
    <message>
        <source>%1: not used. Find its speed to use it as a scanner.</source>
        <translation>%1：未使用。要当扫码枪用，请先查找波特率。</translation>
    </message>
    <message>
        <source>%1: switched off in the settings.</source>
        <translation>%1：已在设置里关闭。</translation>
    </message>
    <message>
        <source>serial</source>
        <translation>串口</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>not plugged in</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>no permission</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>types only</source>
        <translation>只能当键盘</translation>
    </message>
    <message>
        <source>in setup mode</source>
        <translation>处于设置模式</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>What arrived</source>
        <translation>收到的内容</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Nothing has been scanned yet.</source>
        <translation>还没有扫过码。</translation>
    </message>
    <message>
        <source>The last %1 scans since the start, in memory only. Codes of persons and of other things are masked.</source>
        <translation>开机以来最近 %1 次扫码，只在内存里，不存盘。个人和其他码已遮盖。</translation>
    </message>
    <message>
        <source>Test card</source>
        <translation>测试卡</translation>
    </message>
    <message>
        <source>What to change</source>
        <translation>需要调整的地方</translation>
    </message>
    <message>
        <source>Scan the first line of the test card.</source>
        <translation>请扫测试卡的第一行。</translation>
    </message>
    <message>
        <source>Any other code may be tried, too. Nothing is sold from here.</source>
        <translation>别的码也可以试扫，这里扫的不会进入销售。</translation>
    </message>
    <message>
        <source>Everything so far came as printed.</source>
        <translation>到目前为止都与卡上印的一致。</translation>
    </message>
    <message>
        <source>Print the test card (F2) and scan each of its lines once.</source>
        <translation>请打印测试卡（F2），每行扫一次。</translation>
    </message>
    <message>
        <source>Set it</source>
        <translation>写入设置</translation>
    </message>
    <message>
        <source>Search stopped; nothing was changed.</source>
        <translation>已停止查找，没有改动任何设置。</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>Drugs found</source>
        <translation>找到的药</translation>
    </message>
    <message>
        <source>No drug found. Try fewer letters.</source>
        <translation>没找到。少输几个字试试。</translation>
    </message>
    <message>
        <source>scan its code</source>
        <translation>要扫追溯码</translation>
    </message>
    <message>
        <source>no code needed</source>
        <translation>不用扫码</translation>
    </message>
    <message>
        <source>%1 boxes in stock</source>
        <translation>库存 %1 盒</translation>
    </message>
    <message>
        <source>%1 is no drug: type its name.</source>
        <translation>“%1”不是药名：请输名称或首字母。</translation>
    </message>
    <message>
        <source>%1 is no drug: type its name, or choose by ↓.</source>
        <translation>“%1”不是药名：请输名称或首字母，或按 ↓ 选。</translation>
    </message>
</context>
<context>
    <name>Setting</name>
    <message>
        <source>Store</source>
        <translation>门店</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>收银台</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>营业员</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>上传平台</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>扫码枪</translation>
    </message>
    <message>
        <source>Keyboard scanner</source>
        <translation>键盘式扫码枪</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>小票</translation>
    </message>
    <message>
        <source>Sale</source>
        <translation>收银</translation>
    </message>
    <message>
        <source>Three-code map</source>
        <translation>三码映射</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>界面</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>放行规则</translation>
    </message>
    <message>
        <source>Institution code (P + 11 digits)</source>
        <translation>机构编码（P + 11 位数字）</translation>
    </message>
    <message>
        <source>Store name</source>
        <translation>门店名称</translation>
    </message>
    <message>
        <source>Area code (6 digits)</source>
        <translation>医保区划（6 位数字）</translation>
    </message>
    <message>
        <source>Pharmacist</source>
        <translation>执业药师</translation>
    </message>
    <message>
        <source>Pharmacist&apos;s licence number</source>
        <translation>执业药师证号</translation>
    </message>
    <message>
        <source>The store settles with the insurance (designated)</source>
        <translation>本店做医保结算（定点药店）</translation>
    </message>
    <message>
        <source>Its agreement begins on (2026-01-31)</source>
        <translation>医保协议自（2026-01-31）</translation>
    </message>
    <message>
        <source>Its agreement ends on</source>
        <translation>医保协议至</translation>
    </message>
    <message>
        <source>Suspended by the insurance from</source>
        <translation>医保暂停自</translation>
    </message>
    <message>
        <source>Suspended until</source>
        <translation>医保暂停至</translation>
    </message>
    <message>
        <source>Counter number (two digits)</source>
        <translation>收银台号（两位数字）</translation>
    </message>
    <message>
        <source>Operator number</source>
        <translation>营业员工号</translation>
    </message>
    <message>
        <source>Operator name</source>
        <translation>营业员姓名</translation>
    </message>
    <message>
        <source>Region profile</source>
        <translation>地区配置</translation>
    </message>
    <message>
        <source>Upload address</source>
        <translation>追溯上传地址</translation>
    </message>
    <message>
        <source>Settlement address</source>
        <translation>医保结算地址</translation>
    </message>
    <message>
        <source>TIF paasid</source>
        <translation>平台应用号（paasid）</translation>
    </message>
    <message>
        <source>Insured sales are settled</source>
        <translation>医保销售的结算方式</translation>
    </message>
    <message>
        <source>Folder of the terminal&apos;s settlement files</source>
        <translation>医保终端结算文件的文件夹</translation>
    </message>
    <message>
        <source>Baud rate</source>
        <translation>波特率</translation>
    </message>
    <message>
        <source>Parity</source>
        <translation>校验方式</translation>
    </message>
    <message>
        <source>A scan ends with</source>
        <translation>扫码结束符</translation>
    </message>
    <message>
        <source>or with this silence (ms)</source>
        <translation>或停顿多久算结束（毫秒）</translation>
    </message>
    <message>
        <source>Replay scans from file</source>
        <translation>从文件回放扫码</translation>
    </message>
    <message>
        <source>Take scans from keyboard scanners</source>
        <translation>接收键盘式扫码枪</translation>
    </message>
    <message>
        <source>Longest gap between a scanner&apos;s keys (ms)</source>
        <translation>扫码枪按键最长间隔（毫秒）</translation>
    </message>
    <message>
        <source>Same code again within (ms) stays silent</source>
        <translation>同一码多久内再扫不提示（毫秒）</translation>
    </message>
    <message>
        <source>Print receipts to</source>
        <translation>小票打到</translation>
    </message>
    <message>
        <source>Printer address</source>
        <translation>打印机地址</translation>
    </message>
    <message>
        <source>Printer port</source>
        <translation>打印机端口</translation>
    </message>
    <message>
        <source>Paper width</source>
        <translation>纸宽</translation>
    </message>
    <message>
        <source>Last line of the receipt</source>
        <translation>小票末行文字</translation>
    </message>
    <message>
        <source>Print after each sale</source>
        <translation>收款后自动打小票</translation>
    </message>
    <message>
        <source>Insured sales are usually settled by</source>
        <translation>医保结算常用</translation>
    </message>
    <message>
        <source>Warn of expiry this many days before</source>
        <translation>近效期提前提醒（天）</translation>
    </message>
    <message>
        <source>A clerk may take off a price, at most (percent)</source>
        <translation>营业员最多可优惠（百分之）</translation>
    </message>
    <message>
        <source>A pharmacist may take off a price, at most (percent)</source>
        <translation>药师最多可优惠（百分之）</translation>
    </message>
    <message>
        <source>Ask at insured sales who fetches the goods</source>
        <translation>医保结算时询问人证相符（本人/代购）</translation>
    </message>
    <message>
        <source>Round cash down (抹零)</source>
        <translation>现金抹零</translation>
    </message>
    <message>
        <source>A pharmacist must be on duty for class-A OTC drugs too</source>
        <translation>甲类非处方药也要药师在岗</translation>
    </message>
    <message>
        <source>A sale on hold ends after (hours)</source>
        <translation>挂单保留（小时）</translation>
    </message>
    <message>
        <source>Who keeps the reservations of codes</source>
        <translation>追溯码占用由谁登记</translation>
    </message>
    <message>
        <source>Whose sales are they</source>
        <translation>由谁收银</translation>
    </message>
    <message>
        <source>Port for the till&apos;s calls (0: any)</source>
        <translation>收银系统调用的端口（0：任意）</translation>
    </message>
    <message>
        <source>A ticket that lacks codes</source>
        <translation>小票缺码时</translation>
    </message>
    <message>
        <source>Folder of the till&apos;s files</source>
        <translation>收银系统的文件夹</translation>
    </message>
    <message>
        <source>Its files are answered as</source>
        <translation>回答文件的形式</translation>
    </message>
    <message>
        <source>Address of the till&apos;s database (without password)</source>
        <translation>收银系统数据库地址（不含密码）</translation>
    </message>
    <message>
        <source>File with the query for open tickets</source>
        <translation>查未完成小票的查询语句文件</translation>
    </message>
    <message>
        <source>File with the query for the drug list</source>
        <translation>查药品目录的查询语句文件</translation>
    </message>
    <message>
        <source>The till&apos;s sales are uploaded</source>
        <translation>收银系统的销售由谁上传</translation>
    </message>
    <message>
        <source>The codes of a ticket are printed</source>
        <translation>小票的追溯码打印在</translation>
    </message>
    <message>
        <source>A second person confirms a new code</source>
        <translation>新标识码要双人复核</translation>
    </message>
    <message>
        <source>Guard: typed before each code</source>
        <translation>关卡：码前打入</translation>
    </message>
    <message>
        <source>Guard: typed behind each code</source>
        <translation>关卡：码后打入</translation>
    </message>
    <message>
        <source>Guard: key behind each code</source>
        <translation>关卡：码后按键</translation>
    </message>
    <message>
        <source>Guard: wait between two keys in addition (ms)</source>
        <translation>关卡：两键之间另等（毫秒）</translation>
    </message>
    <message>
        <source>Guard: 69 barcodes and other scans</source>
        <translation>关卡：69 码和其他扫码</translation>
    </message>
    <message>
        <source>Guard: barcode of the till&apos;s receipts (pattern)</source>
        <translation>关卡：收银小票的条码（正则）</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Size of texts (as far as the screen has room)</source>
        <translation>字号（屏幕放得下为限）</translation>
    </message>
    <message>
        <source>For fingers: higher rows, digits on the screen</source>
        <translation>手指操作：行更高，屏幕上有数字键</translation>
    </message>
    <message>
        <source>Screen for the customer, on a second monitor</source>
        <translation>顾客屏（接第二台显示器）</translation>
    </message>
    <message>
        <source>Tones</source>
        <translation>提示音</translation>
    </message>
    <message>
        <source>box without receiving record</source>
        <translation>没有收货记录的药盒</translation>
    </message>
    <message>
        <source>box in doubt: no answer</source>
        <translation>无法查询是否已售</translation>
    </message>
    <message>
        <source>box near expiry</source>
        <translation>近效期的药盒</translation>
    </message>
    <message>
        <source>expired box</source>
        <translation>过期的药盒</translation>
    </message>
    <message>
        <source>codes missing</source>
        <translation>追溯码没扫齐</translation>
    </message>
    <message>
        <source>not payable by insurance</source>
        <translation>医保不支付</translation>
    </message>
    <message>
        <source>lot or dates missing</source>
        <translation>批号或日期未填</translation>
    </message>
    <message>
        <source>no settlement</source>
        <translation>没有医保结算</translation>
    </message>
    <message>
        <source>this counter alone</source>
        <translation>仅本柜台</translation>
    </message>
    <message>
        <source>ours: this program is the till</source>
        <translation>本程序收银</translation>
    </message>
    <message>
        <source>another till&apos;s: it tells its sales, we capture the codes</source>
        <translation>别的收银系统：它传来小票，本程序采码</translation>
    </message>
    <message>
        <source>another till&apos;s: accepted codes are typed into it</source>
        <translation>别的收银系统：通过的码由本程序代键入</translation>
    </message>
    <message>
        <source>may be settled, the gap is kept (self-paid)</source>
        <translation>可以完成，缺码记录在案（自费）</translation>
    </message>
    <message>
        <source>is not settled</source>
        <translation>不允许完成</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>the form they came in</source>
        <translation>与来的文件一样</translation>
    </message>
    <message>
        <source>by this program</source>
        <translation>本程序上传</translation>
    </message>
    <message>
        <source>by the till; nothing of them is sent from here</source>
        <translation>收银系统上传，本程序一行不传</translation>
    </message>
    <message>
        <source>here, on a slip of our own</source>
        <translation>本程序的小票上</translation>
    </message>
    <message>
        <source>by the till</source>
        <translation>收银系统的小票上</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>回车（Enter）</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>are typed on as scanned</source>
        <translation>按原样打入</translation>
    </message>
    <message>
        <source>are held back</source>
        <translation>不打入</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>allow</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>warn</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>second person</source>
        <translation>双人复核</translation>
    </message>
    <message>
        <source>refuse</source>
        <translation>不放行</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>even</source>
        <translation>偶校验</translation>
    </message>
    <message>
        <source>odd</source>
        <translation>奇校验</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>to 0.10 yuan (角)</source>
        <translation>抹到角</translation>
    </message>
    <message>
        <source>to whole yuan (元)</source>
        <translation>抹到元</translation>
    </message>
    <message>
        <source>files in the home</source>
        <translation>本机文件</translation>
    </message>
    <message>
        <source>network printer</source>
        <translation>网络打印机</translation>
    </message>
    <message>
        <source>this is of the wrong type</source>
        <translation>类型不对</translation>
    </message>
    <message>
        <source>this is not one of the choices</source>
        <translation>不在可选项里</translation>
    </message>
    <message>
        <source>this is too small</source>
        <translation>太小了</translation>
    </message>
    <message>
        <source>this is too large</source>
        <translation>太大了</translation>
    </message>
    <message>
        <source>this must be one line of text</source>
        <translation>只能是一行文字</translation>
    </message>
    <message>
        <source>digits or letters are missing or too many</source>
        <translation>位数或格式不对</translation>
    </message>
    <message>
        <source>this is missing</source>
        <translation>还没有填</translation>
    </message>
    <message>
        <source>Serial ports (several: with ; between)</source>
        <translation>串口（多个之间用 ; 分隔）</translation>
    </message>
    <message>
        <source>Read HID-POS scanners</source>
        <translation>读取 HID-POS 扫码枪</translation>
    </message>
    <message>
        <source>Read pictures from folder</source>
        <translation>读取此文件夹中的图片</translation>
    </message>
    <message>
        <source>Characters the scanner sends before each code</source>
        <translation>扫码枪在每个码前面发的字符</translation>
    </message>
    <message>
        <source>What the scanner types for the separator GS</source>
        <translation>扫码枪用什么代替分隔符 GS</translation>
    </message>
    <message>
        <source>Take only boxes of drugs asked for before</source>
        <translation>只接受已选药品的盒子</translation>
    </message>
    <message>
        <source>box no line has asked for</source>
        <translation>销售单未选的药品</translation>
    </message>
    <message>
        <source>Lock and badges</source>
        <translation>锁屏与工牌</translation>
    </message>
    <message>
        <source>Reservations</source>
        <translation>占用登记</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>第二人审批</translation>
    </message>
    <message>
        <source>Insurance settlement</source>
        <translation>医保结算</translation>
    </message>
    <message>
        <source>Beside another till</source>
        <translation>与收银系统配合</translation>
    </message>
    <message>
        <source>Limits and reminders</source>
        <translation>限制与提醒</translation>
    </message>
    <message>
        <source>Online order platforms (with ; between)</source>
        <translation>网络订单平台（用分号隔开）</translation>
    </message>
    <message>
        <source>A manager may put a box back on the shelf on the day it was sold</source>
        <translation>当日撤销：店长可把未离柜的药盒放回货架</translation>
    </message>
    <message>
        <source>Second person of a split sale</source>
        <translation>拆零复核人</translation>
    </message>
    <message>
        <source>What the till calls our columns</source>
        <translation>收银系统的列名（名=本程序的名）</translation>
    </message>
    <message>
        <source>Lock after minutes without a key (0: never)</source>
        <translation>几分钟无操作后锁屏（0 为不锁）</translation>
    </message>
    <message>
        <source>Sign in when the program starts</source>
        <translation>打开程序时要登录</translation>
    </message>
    <message>
        <source>A badge signs in without PIN</source>
        <translation>扫工牌免密码登录</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>盘亏报损</translation>
    </message>
    <message>
        <source>Destruction</source>
        <translation>销毁</translation>
    </message>
    <message>
        <source>Other stock out</source>
        <translation>其他出库</translation>
    </message>
    <message>
        <source>Differences of a stock-take</source>
        <translation>盘点差异</translation>
    </message>
    <message>
        <source>Transfer out</source>
        <translation>调拨出库</translation>
    </message>
    <message>
        <source>Return to supplier</source>
        <translation>购进退出</translation>
    </message>
    <message>
        <source>One person runs the store: whoever asks may approve</source>
        <translation>单人店：申请人可自己审批</translation>
    </message>
    <message>
        <source>%1: remind from so many yuan on a line</source>
        <translation>%1：每行满多少元才提醒</translation>
    </message>
    <message>
        <source>every payment</source>
        <translation>全部支付</translation>
    </message>
    <message>
        <source>insured, all five</source>
        <translation>医保五种</translation>
    </message>
    <message>
        <source>taken in this store</source>
        <translation>本店受理</translation>
    </message>
    <message>
        <source>gift of a forbidden drug</source>
        <translation>不得赠送的药作赠品</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>都不行</translation>
    </message>
    <message>
        <source>clerks and pharmacists</source>
        <translation>营业员和药师</translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>large</source>
        <translation>大</translation>
    </message>
    <message>
        <source>larger</source>
        <translation>更大</translation>
    </message>
    <message>
        <source>at the insurance&apos;s terminal, its slip typed here</source>
        <translation>在医保终端结算，凭小票录入</translation>
    </message>
    <message>
        <source>by this program (1101, 2101, 2102)</source>
        <translation>由本程序结算（1101、2101、2102）</translation>
    </message>
    <message>
        <source>PIN or signature on paper</source>
        <translation>输密码，或在纸上签字</translation>
    </message>
    <message>
        <source>PIN is wanted</source>
        <translation>必须输密码</translation>
    </message>
    <message>
        <source>signature on paper</source>
        <translation>在纸上签字</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>不需要</translation>
    </message>
    <message>
        <source>What a scan or a payment leads to. In brackets: the default. The further right, the more it counts. At the scan the strictest kind warns; the payment decides.</source>
        <translation>扫码或支付时怎么办。括号里是默认值；越靠右的格子越优先。扫码时按最严的一种提示，支付时按实际方式判定。</translation>
    </message>
    <message>
        <source>(%1)</source>
        <translation>（%1）</translation>
    </message>
    <message>
        <source>above the price cap</source>
        <translation>高于限价</translation>
    </message>
    <message>
        <source>no pharmacist on duty</source>
        <translation>药师不在岗</translation>
    </message>
    <message>
        <source>identity not entered</source>
        <translation>未登记身份</translation>
    </message>
    <message>
        <source>too many packs</source>
        <translation>超过限购数量</translation>
    </message>
    <message>
        <source>beyond a limit</source>
        <translation>超出支付限制</translation>
    </message>
    <message>
        <source>settlement intercepted</source>
        <translation>结算拦截</translation>
    </message>
    <message>
        <source>agreement not in force</source>
        <translation>协议不在有效期</translation>
    </message>
    <message>
        <source>prescription missing</source>
        <translation>缺处方</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Open again now</source>
        <translation>现在重新打开</translation>
    </message>
    <message>
        <source>Save (Ctrl+S)</source>
        <translation>保存（Ctrl+S）</translation>
    </message>
    <message>
        <source>Training: the store is the sample store and cannot be changed.</source>
        <translation>培训模式：用的是示例门店，不能修改。</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Scanner works. It sent: %1</source>
        <translation>扫码枪正常，读到：%1</translation>
    </message>
    <message>
        <source>✕ %1 is not right: %2</source>
        <translation>✕ 请改一下“%1”：%2</translation>
    </message>
    <message>
        <source>✓ Saved. Scanner, printer, platform and the window&apos;s look count once the window is opened again; an open sale stays.</source>
        <translation>✓ 已保存。扫码枪、打印机、平台和界面要重新打开窗口后生效，开着的销售单会保留。</translation>
    </message>
    <message>
        <source>Scanner assistant (F12)</source>
        <translation>扫码枪助手（F12）</translation>
    </message>
    <message>
        <source>People (F8)</source>
        <translation>人员（F8）</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜设置</translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation>设置分组</translation>
    </message>
    <message>
        <source>No setting is called so.</source>
        <translation>没有这样的设置。</translation>
    </message>
</context>
<context>
    <name>Split</name>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF 文件 (*.pdf)</translation>
    </message>
    <message>
        <source>✓ Saved: %1</source>
        <translation>✓ 已保存：%1</translation>
    </message>
    <message>
        <source>Split sales</source>
        <translation>拆零记录</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Show (Enter)</source>
        <translation>显示（Enter）</translation>
    </message>
    <message>
        <source>Save as PDF (Ctrl+P)</source>
        <translation>存成 PDF（Ctrl+P）</translation>
    </message>
    <message>
        <source>Table, CSV (Ctrl+E)</source>
        <translation>导出 CSV（Ctrl+E）</translation>
    </message>
    <message>
        <source>✕ Not a trace code. Scan the opened box.</source>
        <translation>✕ 不是追溯码。请扫已拆零的药盒。</translation>
    </message>
    <message>
        <source>✕ These are no days. Write 2026-01-31.</source>
        <translation>✕ 日期不对，请写成 2026-01-31，先早后晚。</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Box %1</source>
        <translation>药盒 %1</translation>
    </message>
    <message>
        <source>No units of this box were sold.</source>
        <translation>这盒没有拆零销售。</translation>
    </message>
    <message>
        <source>No units were sold on these days. At the checkout Ctrl+U sells units.</source>
        <translation>这些天没有拆零销售。在收银按 Ctrl+U 拆零。</translation>
    </message>
    <message>
        <source>✕ More than %1 rows: choose fewer days.</source>
        <translation>✕ 超过 %1 行，请缩短日期。</translation>
    </message>
</context>
<context>
    <name>Stock</name>
    <message>
        <source>Moves</source>
        <translation>出入库</translation>
    </message>
    <message>
        <source>Stock-take</source>
        <translation>盘点</translation>
    </message>
    <message>
        <source>Recalls</source>
        <translation>召回</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>单据</translation>
    </message>
    <message>
        <source>On hand</source>
        <translation>在库</translation>
    </message>
    <message>
        <source>Drug</source>
        <translation>药品</translation>
    </message>
    <message>
        <source>Spec</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>By the ledger</source>
        <translation>账面</translation>
    </message>
    <message>
        <source>Scanned</source>
        <translation>已扫</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Scan every box of a shelf. A drug of which no box is left: scan its commodity barcode from the label.</source>
        <translation>把一个货架的盒子逐盒扫一遍。一盒不剩的药，扫标价签上的商品条码。</translation>
    </message>
    <message>
        <source>On the shelf by the ledger</source>
        <translation>账面在架的追溯码</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Press Enter on a drug to see which of its boxes are missing.</source>
        <translation>选中药品按 Enter，看缺了哪几盒。</translation>
    </message>
    <message>
        <source>Not posted</source>
        <translation>未过账</translation>
    </message>
    <message>
        <source>Which drug?</source>
        <translation>哪个药？</translation>
    </message>
    <message>
        <source>Nothing was added. Scan the trace code on the box.</source>
        <translation>没有加入。请扫盒上的追溯码。</translation>
    </message>
    <message>
        <source>Not a trace code</source>
        <translation>不是追溯码</translation>
    </message>
    <message>
        <source>The drug is in the list. Scan its boxes, if there are any.</source>
        <translation>该药已列入。有盒子就继续扫。</translation>
    </message>
    <message>
        <source>Drug chosen</source>
        <translation>已选品种</translation>
    </message>
    <message>
        <source>Nothing was added. Scan the next box.</source>
        <translation>没有加入。请扫下一盒。</translation>
    </message>
    <message>
        <source>Scanned already</source>
        <translation>已扫过</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>相符</translation>
    </message>
    <message>
        <source>The ledger does not have it: it is posted as surplus.</source>
        <translation>账上没有这盒，将按盘盈过账。</translation>
    </message>
    <message>
        <source>Surplus</source>
        <translation>盘盈</translation>
    </message>
    <message>
        <source>Not for sale</source>
        <translation>不可售</translation>
    </message>
    <message>
        <source>The shelf is as the ledger says. Nothing has to be posted.</source>
        <translation>账实相符，不用过账。</translation>
    </message>
    <message>
        <source>Equal</source>
        <translation>账实相符</translation>
    </message>
    <message>
        <source>%1 missing, %2 surplus.</source>
        <translation>盘亏%1盒，盘盈%2盒。</translation>
    </message>
    <message>
        <source>F8 once more posts this; missing boxes cannot be sold then.</source>
        <translation>再按一次 F8 过账；盘亏的盒子之后不能再卖。</translation>
    </message>
    <message>
        <source>Post it?</source>
        <translation>过账吗？</translation>
    </message>
    <message>
        <source>Posting …</source>
        <translation>正在过账 …</translation>
    </message>
    <message>
        <source>%1 differences are posted, document %2.</source>
        <translation>已过账%1盒差异，单号%2。</translation>
    </message>
    <message>
        <source>Nothing was posted.</source>
        <translation>没有过账。</translation>
    </message>
    <message>
        <source>Recall %1 is not in force any more.</source>
        <translation>召回 %1 已不在执行中。</translation>
    </message>
    <message>
        <source>Nobody approved it: recall %1 stays in force.</source>
        <translation>无人批准：召回 %1 继续执行。</translation>
    </message>
    <message>
        <source>%1 boxes on the shelf do not belong there; look each up.</source>
        <translation>货架上有%1盒不该在这里，请逐盒查码。</translation>
    </message>
    <message>
        <source>Posted</source>
        <translation>已过账</translation>
    </message>
    <message>
        <source>The %1 scanned boxes of this stock-take are forgotten.</source>
        <translation>本次盘点已扫的%1盒将作废。</translation>
    </message>
    <message>
        <source>Enter drops it, Esc keeps it.</source>
        <translation>Enter 放弃，Esc 保留。</translation>
    </message>
    <message>
        <source>Drop all?</source>
        <translation>全部放弃？</translation>
    </message>
    <message>
        <source>Scan every box of one shelf.</source>
        <translation>把一个货架逐盒扫完。</translation>
    </message>
    <message>
        <source>Only drugs that were scanned are compared.</source>
        <translation>只比对扫到的品种。</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>请扫码</translation>
    </message>
    <message>
        <source>%1 boxes scanned, %2 drugs</source>
        <translation>已扫%1盒，%2个品种</translation>
    </message>
    <message>
        <source>✓ scanned</source>
        <translation>✓ 已扫</translation>
    </message>
    <message>
        <source>! not scanned</source>
        <translation>! 没扫到</translation>
    </message>
    <message>
        <source>%1 missing</source>
        <translation>缺%1盒</translation>
    </message>
    <message>
        <source>%1 surplus</source>
        <translation>盘盈%1盒</translation>
    </message>
    <message>
        <source>✓ equal</source>
        <translation>✓ 相符</translation>
    </message>
    <message>
        <source>up to the day, 2026-01-31; empty: today</source>
        <translation>截止日期，如 2026-01-31；空着为今天</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>What</source>
        <translation>业务</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>盒数</translation>
    </message>
    <message>
        <source>Other party</source>
        <translation>对方单位</translation>
    </message>
    <message>
        <source>Its document</source>
        <translation>对方单号</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Open  Enter</source>
        <translation>看明细  Enter</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>Made on</source>
        <translation>生产日期</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Trace code</source>
        <translation>追溯码</translation>
    </message>
    <message>
        <source>Found again by</source>
        <translation>找回单号</translation>
    </message>
    <message>
        <source>Press Enter on a document to see its lines and codes.</source>
        <translation>选中单据按 Enter，看明细和追溯码。</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>正在读 …</translation>
    </message>
    <message>
        <source>There is no document yet. Receiving and moves appear here.</source>
        <translation>还没有单据。收货和出入库会列在这里。</translation>
    </message>
    <message>
        <source>✕ That is no day. Write 2026-01-31.</source>
        <translation>✕ 日期不对，请写成 2026-01-31。</translation>
    </message>
    <message>
        <source>✕ Only a receiving or its refusal has a record.</source>
        <translation>✕ 只有收货和拒收单有验收记录。</translation>
    </message>
    <message>
        <source>Acceptance record</source>
        <translation>验收记录</translation>
    </message>
    <message>
        <source>Tables (*.xlsx *.csv)</source>
        <translation>表格 (*.xlsx *.csv)</translation>
    </message>
    <message>
        <source>without code</source>
        <translation>无追溯码</translation>
    </message>
    <message>
        <source>Choose on the right what happens, then scan the boxes; or press Ctrl+O for a file of codes.</source>
        <translation>先在右边选业务，再逐盒扫码；或按 Ctrl+O 导入追溯码文件。</translation>
    </message>
    <message>
        <source>No record of it here before.</source>
        <translation>本店以前没有它的记录。</translation>
    </message>
    <message>
        <source>In</source>
        <translation>已加入</translation>
    </message>
    <message>
        <source>Outer pack</source>
        <translation>外包装</translation>
    </message>
    <message>
        <source>This is an outer pack; its boxes are not known.</source>
        <translation>这是外包装，不知道里面是哪几盒。</translation>
    </message>
    <message>
        <source>Scan the boxes inside one by one.</source>
        <translation>请逐盒扫里面的小盒。</translation>
    </message>
    <message>
        <source>Not in</source>
        <translation>未加入</translation>
    </message>
    <message>
        <source>Nothing there</source>
        <translation>没有内容</translation>
    </message>
    <message>
        <source>No box is scanned yet.</source>
        <translation>还没有扫盒子。</translation>
    </message>
    <message>
        <source>The other party is missing.</source>
        <translation>没有填对方单位。</translation>
    </message>
    <message>
        <source>The reason is missing.</source>
        <translation>没有填原因。</translation>
    </message>
    <message>
        <source>Then F8.</source>
        <translation>填好后按 F8。</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>还不能</translation>
    </message>
    <message>
        <source>Choose what happens, then scan the boxes.</source>
        <translation>先选业务，再逐盒扫码。</translation>
    </message>
    <message>
        <source>%1: %2 boxes</source>
        <translation>%1：%2盒</translation>
    </message>
    <message>
        <source>%1: nothing was moved, %2 stayed behind.</source>
        <translation>%1：没有过账，%2盒留下。</translation>
    </message>
    <message>
        <source>%1: %2 boxes, document %3.</source>
        <translation>%1：%2盒，单号%3。</translation>
    </message>
    <message>
        <source>%1 stayed behind: the list says why.</source>
        <translation>%1盒未过账，原因见列表。</translation>
    </message>
    <message>
        <source>? no record</source>
        <translation>? 无记录</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>By</source>
        <translation>按</translation>
    </message>
    <message>
        <source>What is recalled</source>
        <translation>召回对象</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>在哪里</translation>
    </message>
    <message>
        <source>Document, receipt</source>
        <translation>单号／小票</translation>
    </message>
    <message>
        <source>Press Enter on a recall to see where its boxes are.</source>
        <translation>选中召回按 Enter，看盒子在哪里。</translation>
    </message>
    <message>
        <source>Recall by</source>
        <translation>召回依据</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>是哪个</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>No recall is in force.</source>
        <translation>没有生效的召回。</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查 …</translation>
    </message>
    <message>
        <source>This shop knows no such box.</source>
        <translation>本店没有这样的盒子。</translation>
    </message>
    <message>
        <source>%4: %1 here, %2 sold, %3 gone.</source>
        <translation>%4：在店%1盒，已售%2盒，已离店%3盒。</translation>
    </message>
    <message>
        <source>The recall is in force. Put the boxes that are here aside.</source>
        <translation>召回已生效。请把在店的盒子单独放好。</translation>
    </message>
    <message>
        <source>Recalled</source>
        <translation>召回中</translation>
    </message>
    <message>
        <source>F8 recalls them: they cannot be sold from then on.</source>
        <translation>按 F8 召回，此后这些盒子不能卖。</translation>
    </message>
    <message>
        <source>Recall?</source>
        <translation>要召回吗？</translation>
    </message>
    <message>
        <source>Go to the recall in the list first.</source>
        <translation>先在列表里选中一条召回。</translation>
    </message>
    <message>
        <source>Which one?</source>
        <translation>哪一条？</translation>
    </message>
    <message>
        <source>Recall %1 would end; its boxes may be sold again.</source>
        <translation>将解除召回%1，相关盒子又可以卖。</translation>
    </message>
    <message>
        <source>F6 once more ends it.</source>
        <translation>再按一次 F6 解除。</translation>
    </message>
    <message>
        <source>End it?</source>
        <translation>要解除吗？</translation>
    </message>
    <message>
        <source>Recall %1 is in force: %2. Its boxes refuse to be sold.</source>
        <translation>召回%1已生效：%2。相关盒子不能卖。</translation>
    </message>
    <message>
        <source>Recall %1 has ended.</source>
        <translation>召回%1已解除。</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已解除</translation>
    </message>
    <message>
        <source>Type a lot, a drug, a supplier, or scan one box.</source>
        <translation>填批号、药品或供货单位，或扫一盒。</translation>
    </message>
    <message>
        <source>Enter shows where the boxes are.</source>
        <translation>按 Enter 看盒子在哪里。</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回</translation>
    </message>
    <message>
        <source>! here</source>
        <translation>! 在店</translation>
    </message>
    <message>
        <source>✓ sold</source>
        <translation>✓ 已售</translation>
    </message>
    <message>
        <source>→ gone</source>
        <translation>→ 已离店</translation>
    </message>
    <message>
        <source>Supplier</source>
        <translation>供货单位</translation>
    </message>
    <message>
        <source>Note number</source>
        <translation>随货单号</translation>
    </message>
    <message>
        <source>Arrival °C</source>
        <translation>到货温度℃</translation>
    </message>
    <message>
        <source>Arrived at</source>
        <translation>到货时间</translation>
    </message>
    <message>
        <source>Delivery note</source>
        <translation>随货同行单</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>未读入</translation>
    </message>
    <message>
        <source>Which delivery note?</source>
        <translation>收哪一张随货同行单？</translation>
    </message>
    <message>
        <source>Taken out</source>
        <translation>已撤出</translation>
    </message>
    <message>
        <source>Which drug of ours is it?</source>
        <translation>是本店的哪个药？</translation>
    </message>
    <message>
        <source>Why is it refused?</source>
        <translation>为什么拒收？</translation>
    </message>
    <message>
        <source>Lot kept</source>
        <translation>批号已记</translation>
    </message>
    <message>
        <source>? not told</source>
        <translation>? 未填</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应收</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒收</translation>
    </message>
    <message>
        <source>%1 calls it: %2</source>
        <translation>%1 的写法：%2</translation>
    </message>
    <message>
        <source>Choose the same drug and size; it is remembered for this supplier.</source>
        <translation>请选同一药品、同一规格；选一次，以后这家供货单位自动对上。</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>都不是</translation>
    </message>
    <message>
        <source>Not in the list</source>
        <translation>目录里没有</translation>
    </message>
    <message>
        <source>Add the drug in the drug list, then read the note again (Ctrl+O).</source>
        <translation>请先在商品里新增这个药，再重新读入随货单（Ctrl+O）。</translation>
    </message>
    <message>
        <source>Remembered</source>
        <translation>已记住</translation>
    </message>
    <message>
        <source>Later deliveries of %1 find it by themselves.</source>
        <translation>%1 以后的随货单会自动对上。</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Press Ctrl+O to choose the delivery note, or drop its file here. Without one, type the supplier and scan the boxes.</source>
        <translation>按 Ctrl+O 选随货同行单，或把文件拖到这里。没有文件就填供货单位，直接扫盒子。</translation>
    </message>
    <message>
        <source>Scanned boxes appear here, the newest first.</source>
        <translation>扫过的盒子列在这里，最新的在上面。</translation>
    </message>
    <message>
        <source>package damaged</source>
        <translation>包装破损</translation>
    </message>
    <message>
        <source>soiled or damp</source>
        <translation>污染或受潮</translation>
    </message>
    <message>
        <source>not as the note says</source>
        <translation>与随货同行单不符</translation>
    </message>
    <message>
        <source>too near its expiry</source>
        <translation>近效期</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>cold chain broken</source>
        <translation>冷链超温</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Receiving</source>
        <translation>收货验收</translation>
    </message>
    <message>
        <source>Nothing is being received.</source>
        <translation>当前没有收货单。</translation>
    </message>
    <message>
        <source>%1 boxes scanned</source>
        <translation>已扫%1盒</translation>
    </message>
    <message>
        <source>! %1 scanned, %2 missing, %3 extra</source>
        <translation>! 已扫%1盒，缺%2盒，多%3盒</translation>
    </message>
    <message>
        <source>✓ All %1 boxes are here</source>
        <translation>✓ %1盒全部到齐</translation>
    </message>
    <message>
        <source>supplier not told</source>
        <translation>供货单位未填</translation>
    </message>
    <message>
        <source>✕ drug not known</source>
        <translation>✕ 药品不认识</translation>
    </message>
    <message>
        <source>… %1 missing</source>
        <translation>… 缺%1盒</translation>
    </message>
    <message>
        <source>Enter: count %1</source>
        <translation>Enter：计%1件</translation>
    </message>
    <message>
        <source>! %1 extra</source>
        <translation>! 多%1盒</translation>
    </message>
    <message>
        <source>! lot?</source>
        <translation>! 缺批号</translation>
    </message>
    <message>
        <source>✓ complete</source>
        <translation>✓ 到齐</translation>
    </message>
    <message>
        <source>✕ refused: %1</source>
        <translation>✕ 拒收：%1</translation>
    </message>
    <message>
        <source>%1 lines are expected.</source>
        <translation>单上共%1行。</translation>
    </message>
    <message>
        <source>Scan every box; outer packs are opened by themselves.</source>
        <translation>逐盒扫码；扫外包装会自动展开。</translation>
    </message>
    <message>
        <source>Choose the delivery note, or type the supplier.</source>
        <translation>选随货同行单，或直接填供货单位。</translation>
    </message>
    <message>
        <source>Then scan every box.</source>
        <translation>然后逐盒扫码。</translation>
    </message>
    <message>
        <source>%1 boxes of another delivery are scanned and not posted.</source>
        <translation>另一单已扫%1盒，还没有过账。</translation>
    </message>
    <message>
        <source>No row of this file can be received; the reasons are below.</source>
        <translation>文件里没有能收货的行，原因见下表。</translation>
    </message>
    <message>
        <source>Correct the file, or scan without it.</source>
        <translation>改好文件再导入，或不用文件直接扫码。</translation>
    </message>
    <message>
        <source>This receiving and its %1 scanned boxes would be forgotten.</source>
        <translation>本次收货和已扫的%1盒将作废。</translation>
    </message>
    <message>
        <source>Which box?</source>
        <translation>哪一盒？</translation>
    </message>
    <message>
        <source>There is no box to refuse.</source>
        <translation>没有可拒收的盒子。</translation>
    </message>
    <message>
        <source>Scan it, or go to it in the list below, then press F6.</source>
        <translation>先扫它，或在下表选中它，再按 F6。</translation>
    </message>
    <message>
        <source>No row is chosen.</source>
        <translation>没有选中哪一行。</translation>
    </message>
    <message>
        <source>Go to it in the list first, by a click or by the arrows.</source>
        <translation>先在列表里点中它，或用方向键移过去。</translation>
    </message>
    <message>
        <source>The box is refused: %1.</source>
        <translation>这盒已拒收：%1。</translation>
    </message>
    <message>
        <source>Put it aside. F6 on it in the list takes it after all.</source>
        <translation>单独放好。要收入，在列表选中它再按 F6。</translation>
    </message>
    <message>
        <source>Lot and dates of %1 are missing.</source>
        <translation>%1没有填批号和日期。</translation>
    </message>
    <message>
        <source>Read them on the box and fill them in.</source>
        <translation>照盒上印的填写。</translation>
    </message>
    <message>
        <source>Who supplied it is missing.</source>
        <translation>没有填供货单位。</translation>
    </message>
    <message>
        <source>The time of arrival is no time: write 2026-01-31 09:30.</source>
        <translation>到货时间格式不对，请写成 2026-01-31 09:30。</translation>
    </message>
    <message>
        <source>%1 extra</source>
        <translation>多%1盒</translation>
    </message>
    <message>
        <source>%1 lines of unknown drugs</source>
        <translation>%1行药品不认识</translation>
    </message>
    <message>
        <source>Not as the note says: %1.</source>
        <translation>与随货同行单不符：%1。</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>与单不符</translation>
    </message>
    <message>
        <source>F8 once more posts what is scanned; or scan on.</source>
        <translation>再按一次 F8 按已扫的过账，或继续扫。</translation>
    </message>
    <message>
        <source>%1 boxes are being posted.</source>
        <translation>正在过账%1盒。</translation>
    </message>
    <message>
        <source>%1 boxes received, %2 refused. Documents: %3.</source>
        <translation>收货%1盒，拒收%2盒。单号：%3。</translation>
    </message>
    <message>
        <source>%1 stayed behind: the list below says why.</source>
        <translation>%1盒未过账，原因见下表。</translation>
    </message>
    <message>
        <source>Ctrl+E saves the acceptance record.</source>
        <translation>按 Ctrl+E 导出验收记录。</translation>
    </message>
    <message>
        <source>None of %1 could be posted.</source>
        <translation>%1盒都未能过账。</translation>
    </message>
    <message>
        <source>The list below says why.</source>
        <translation>原因见下表。</translation>
    </message>
    <message>
        <source>Nothing was posted here yet.</source>
        <translation>这里还没有过账的收货。</translation>
    </message>
    <message>
        <source>Older records: Ctrl+3, then Alt+4, choose the document, Ctrl+E.</source>
        <translation>以前的记录：Ctrl+3，再按 Alt+4，选中单据，Ctrl+E。</translation>
    </message>
    <message>
        <source>%1 lines are in %2.</source>
        <translation>%1行已存入%2。</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已导出</translation>
    </message>
    <message>
        <source>On the shelf</source>
        <translation>货架</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>拆零</translation>
    </message>
    <message>
        <source>Put aside</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Name, pinyin initials, item code or lot</source>
        <translation>名称、拼音首字母、商品编码或批号</translation>
    </message>
    <message>
        <source>Near expiry: within %1 days</source>
        <translation>近效期：%1 天内</translation>
    </message>
    <message>
        <source>Press Enter on a drug to see its codes.</source>
        <translation>选中药品按 Enter，看追溯码。</translation>
    </message>
    <message>
        <source>Boxes with a trace code, by drug and lot. Enter shows codes.</source>
        <translation>有追溯码的在库盒数，按品种和批号。Enter 看追溯码。</translation>
    </message>
    <message>
        <source>Codes  Enter</source>
        <translation>看追溯码  Enter</translation>
    </message>
    <message>
        <source>No box is recorded here yet. Receive a delivery with Ctrl+2.</source>
        <translation>还没有在库记录。按 Ctrl+2 收货。</translation>
    </message>
    <message>
        <source>Nothing on the shelf fits. Empty the field to see all.</source>
        <translation>在库里没有符合的。清空输入框就能看到全部。</translation>
    </message>
    <message>
        <source>Choose a drug in the list above first.</source>
        <translation>先在上面的列表选药品。</translation>
    </message>
    <message>
        <source>None of its boxes is on the shelf.</source>
        <translation>货架上没有它的盒子。</translation>
    </message>
    <message>
        <source>✕ expired</source>
        <translation>✕ 已过期</translation>
    </message>
    <message>
        <source>! near expiry</source>
        <translation>! 近效期</translation>
    </message>
    <message>
        <source>Refused at receiving</source>
        <translation>收货拒收</translation>
    </message>
    <message>
        <source>Opening stock</source>
        <translation>期初库存</translation>
    </message>
    <message>
        <source>Return to supplier</source>
        <translation>购进退出</translation>
    </message>
    <message>
        <source>Transfer out</source>
        <translation>调出</translation>
    </message>
    <message>
        <source>Transfer in</source>
        <translation>调入</translation>
    </message>
    <message>
        <source>Destruction</source>
        <translation>销毁</translation>
    </message>
    <message>
        <source>Other out</source>
        <translation>其他出库</translation>
    </message>
    <message>
        <source>Other in</source>
        <translation>其他入库</translation>
    </message>
    <message>
        <source>Stock-take surplus</source>
        <translation>盘盈</translation>
    </message>
    <message>
        <source>Stock loss</source>
        <translation>盘亏报损</translation>
    </message>
    <message>
        <source>✓ On the shelf</source>
        <translation>✓ 在库</translation>
    </message>
    <message>
        <source>✓ Sold</source>
        <translation>✓ 已售</translation>
    </message>
    <message>
        <source>! Opened, sold in parts</source>
        <translation>! 已拆零</translation>
    </message>
    <message>
        <source>✓ Used up: all its units are sold</source>
        <translation>✓ 拆零已售完</translation>
    </message>
    <message>
        <source>! Returned by a customer, put aside</source>
        <translation>! 顾客退货，待处理</translation>
    </message>
    <message>
        <source>✕ Refused at receiving</source>
        <translation>✕ 收货时拒收</translation>
    </message>
    <message>
        <source>→ Gone back to the supplier</source>
        <translation>→ 已退供货单位</translation>
    </message>
    <message>
        <source>→ Transferred to another store</source>
        <translation>→ 已调出</translation>
    </message>
    <message>
        <source>✕ Destroyed</source>
        <translation>✕ 已销毁</translation>
    </message>
    <message>
        <source>✕ Missing since a stock-take</source>
        <translation>✕ 盘亏</translation>
    </message>
    <message>
        <source>! An outer pack that was opened</source>
        <translation>! 已拆开的外包装</translation>
    </message>
    <message>
        <source>It was sold here: it does not go back to stock.</source>
        <translation>本店已售出，不能再回库存。</translation>
    </message>
    <message>
        <source>It is on the shelf already.</source>
        <translation>已经在库。</translation>
    </message>
    <message>
        <source>It is not here by the records: look it up first.</source>
        <translation>按记录不在店里，请先查码。</translation>
    </message>
    <message>
        <source>Its drug is not known: import it or answer which drug it is at checkout.</source>
        <translation>不知道是哪个药：请导入商品，或在收银界面回答。</translation>
    </message>
    <message>
        <source>Its code belongs to another drug.</source>
        <translation>这个码属于另一个药。</translation>
    </message>
    <message>
        <source>It is in an open sale: pay or cancel that first.</source>
        <translation>在未收款的单里，请先收款或取消。</translation>
    </message>
    <message>
        <source>It has expired: refuse it.</source>
        <translation>已过期，请拒收。</translation>
    </message>
    <message>
        <source>This drug needs its trace codes: scan the boxes.</source>
        <translation>该药须有追溯码，请逐盒扫。</translation>
    </message>
    <message>
        <source>Your role may not do this: a pharmacist or manager signs in with F10.</source>
        <translation>您的岗位不能做这一步，请药师或店长按 F10 登录。</translation>
    </message>
    <message>
        <source>It stands twice in this document; it counts once.</source>
        <translation>在本单里重复，只计一次。</translation>
    </message>
    <message>
        <source>This row of the file cannot be read: %1.</source>
        <translation>文件的这一行读不了：%1。</translation>
    </message>
    <message>
        <source>✓ right</source>
        <translation>✓ 相符</translation>
    </message>
    <message>
        <source>! extra</source>
        <translation>! 多出</translation>
    </message>
    <message>
        <source>Receipt %1.</source>
        <translation>小票%1。</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>已计数</translation>
    </message>
    <message>
        <source>It is kept cold, and nobody told when and how warm it came: open the note in receiving (Ctrl+2, Ctrl+O) and type both, or add the columns 到货温度 and 到货时间.</source>
        <translation>冷藏药品没有到货温度和到货时间：在收货里打开随货单（Ctrl+2、Ctrl+O）填上，或在文件里加“到货温度”“到货时间”两列。</translation>
    </message>
    <message>
        <source>It is kept at 2 to 8 °C and came otherwise: look at it in receiving (Ctrl+2) and refuse it, or accept it there.</source>
        <translation>冷藏药品应为 2～8 °C，到货温度不在其内：在收货（Ctrl+2）里看货，拒收，或在那里收下。</translation>
    </message>
    <message>
        <source>%1 needs no trace code. One more is counted.</source>
        <translation>%1不需要追溯码，已计1件。</translation>
    </message>
    <message>
        <source>Near expiry</source>
        <translation>近效期</translation>
    </message>
    <message>
        <source>%1 expires on %2, in %3 days. It is taken.</source>
        <translation>%1有效期至%2，还有%3天。已收入。</translation>
    </message>
    <message>
        <source>F6 refuses it.</source>
        <translation>按 F6 拒收。</translation>
    </message>
    <message>
        <source>Extra</source>
        <translation>单外</translation>
    </message>
    <message>
        <source>%1 is not on the delivery note, or more than it says.</source>
        <translation>%1不在随货同行单上，或多于单上数量。</translation>
    </message>
    <message>
        <source>It is taken. F6 refuses it, Backspace takes it out.</source>
        <translation>已收入。F6 拒收，Backspace 撤出。</translation>
    </message>
    <message>
        <source>Which lot?</source>
        <translation>哪个批号？</translation>
    </message>
    <message>
        <source>%1 comes in several lots, and its code does not tell which.</source>
        <translation>%1来了几个批号，码上看不出是哪一批。</translation>
    </message>
    <message>
        <source>Go to its lot with the arrow keys, then scan the box again.</source>
        <translation>用方向键选到它的批号，再扫一次。</translation>
    </message>
    <message>
        <source>This box is in the list:</source>
        <translation>这盒已在列表里：</translation>
    </message>
    <message>
        <source>Wrong drug</source>
        <translation>药码不符</translation>
    </message>
    <message>
        <source>The note lists this code for another drug; the box is %1.</source>
        <translation>单上这个码是另一个药的，盒子却是%1。</translation>
    </message>
    <message>
        <source>Put it aside and ask the supplier.</source>
        <translation>单独放好，问供货单位。</translation>
    </message>
    <message>
        <source>Already here</source>
        <translation>已在库</translation>
    </message>
    <message>
        <source>This box was received before:</source>
        <translation>这盒以前收过：</translation>
    </message>
    <message>
        <source>It is not received twice. Put it back on the shelf.</source>
        <translation>不会重复入库。请放回货架。</translation>
    </message>
    <message>
        <source>Was sold here</source>
        <translation>本店售出过</translation>
    </message>
    <message>
        <source>%1: this box was sold in this shop and comes in again.</source>
        <translation>%1：这盒在本店卖出过，现在又来了。</translation>
    </message>
    <message>
        <source>Do not take it. Put it aside and tell the manager at once.</source>
        <translation>不要收。单独放好，马上告诉店长。</translation>
    </message>
    <message>
        <source>In a sale</source>
        <translation>在销售中</translation>
    </message>
    <message>
        <source>%1: this box is in a sale that is not paid.</source>
        <translation>%1：这盒在一张还没收款的单里。</translation>
    </message>
    <message>
        <source>Finish or cancel that sale first.</source>
        <translation>先收款或取消那张单。</translation>
    </message>
    <message>
        <source>Not to be taken</source>
        <translation>不能收</translation>
    </message>
    <message>
        <source>By the records this box cannot come in again:</source>
        <translation>按记录，这盒不能再入库：</translation>
    </message>
    <message>
        <source>Put it aside; Ctrl+4 shows its history.</source>
        <translation>单独放好，按 Ctrl+4 查它的经过。</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>%1 expired on %2. It is not taken.</source>
        <translation>%1已于%2过期，未收入。</translation>
    </message>
    <message>
        <source>F6 refuses it in writing.</source>
        <translation>按 F6 登记拒收。</translation>
    </message>
    <message>
        <source>No drug of the list has this code:</source>
        <translation>商品资料里没有药用这个码：</translation>
    </message>
    <message>
        <source>Import the drug first, or answer which drug it is at checkout.</source>
        <translation>先导入该商品，或在收银界面回答是哪个药。</translation>
    </message>
    <message>
        <source>%1: that was the commodity barcode.</source>
        <translation>%1：刚才扫的是商品条码。</translation>
    </message>
    <message>
        <source>Scan the trace code on the box.</source>
        <translation>请扫盒上的追溯码。</translation>
    </message>
    <message>
        <source>This is: %1.</source>
        <translation>这是%1。</translation>
    </message>
    <message>
        <source>Number in the old system: %1.</source>
        <translation>旧系统单号：%1。</translation>
    </message>
    <message>
        <source>%1 of the %2 boxes of this outer pack are taken.</source>
        <translation>外包装内%2盒，已收入%1盒。</translation>
    </message>
    <message>
        <source>Scan the others one by one to see why not.</source>
        <translation>其余的请逐盒扫，看原因。</translation>
    </message>
    <message>
        <source>Acceptance record  Ctrl+E</source>
        <translation>验收记录  Ctrl+E</translation>
    </message>
    <message>
        <source>Goods as a file  Ctrl+S</source>
        <translation>导出明细  Ctrl+S</translation>
    </message>
    <message>
        <source>Enter opens a document.</source>
        <translation>按 Enter 看单据明细。</translation>
    </message>
    <message>
        <source>✕ There is no document to open.</source>
        <translation>✕ 没有可看的单据。</translation>
    </message>
    <message>
        <source>✕ There is no document to save.</source>
        <translation>✕ 没有可导出的单据。</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>无单号</translation>
    </message>
    <message>
        <source>Unfinished delivery of %2 (%5): %3 boxes scanned.</source>
        <translation>没做完的收货：%2（%5），已扫 %3 盒。</translation>
    </message>
    <message>
        <source>Unfinished delivery %1 of %2 (%5): %3 of %4 boxes scanned.</source>
        <translation>没做完的收货：%2，单号 %1（%5），%4 盒已扫 %3 盒。</translation>
    </message>
    <message>
        <source>Forget delivery %1 of %2 and its %3 scanned boxes?</source>
        <translation>作废 %2 的单 %1 和已扫的 %3 盒？</translation>
    </message>
    <message>
        <source>Kept for later</source>
        <translation>已放好</translation>
    </message>
    <message>
        <source>It is kept as it is, also over a restart.</source>
        <translation>原样留着，重启也不会丢。</translation>
    </message>
    <message>
        <source>F5 goes on with it.</source>
        <translation>按 F5 接着收。</translation>
    </message>
    <message>
        <source>Goes on</source>
        <translation>接着收</translation>
    </message>
    <message>
        <source>%3 of %4 boxes are scanned.</source>
        <translation>%4 盒已扫 %3 盒。</translation>
    </message>
    <message>
        <source>Scan the next box.</source>
        <translation>请扫下一盒。</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>Delivery %1 of %2 is forgotten. Nothing was posted.</source>
        <translation>%2 的单 %1 已作废，没有过账。</translation>
    </message>
    <message>
        <source>No unfinished delivery waits.</source>
        <translation>没有未做完的收货。</translation>
    </message>
    <message>
        <source>Ctrl+O chooses a delivery note.</source>
        <translation>按 Ctrl+O 选随货同行单。</translation>
    </message>
    <message>
        <source>F5 shows what waits unfinished.</source>
        <translation>按 F5 看没做完的收货。</translation>
    </message>
    <message>
        <source>This unfinished delivery cannot be read any more.</source>
        <translation>这单未做完的收货已经读不出来。</translation>
    </message>
    <message>
        <source>Discard it (F5) and scan its boxes again; none of them is posted.</source>
        <translation>按 F5 作废它，把药盒重新扫一遍；这些药盒都没有过账。</translation>
    </message>
    <message>
        <source>The %1 boxes on this screen stay; do not close the program.</source>
        <translation>屏幕上已扫的 %1 盒都还在，请先不要关程序。</translation>
    </message>
    <message>
        <source>The columns are remembered for %1.</source>
        <translation>%1 的列名已记住，下次不再问。</translation>
    </message>
    <message>
        <source>Columns kept</source>
        <translation>列名已记住</translation>
    </message>
    <message>
        <source>The file was not read: some of its columns are not known.</source>
        <translation>文件没有读入：有些列不知道是什么。</translation>
    </message>
    <message>
        <source>Ctrl+O asks again; or scan without it.</source>
        <translation>按 Ctrl+O 再来一次，或者不用文件直接扫码。</translation>
    </message>
    <message>
        <source>The file holds several numbers or parties: %1 documents.</source>
        <translation>文件里有几个单号或单位，已分成 %1 张单据。</translation>
    </message>
    <message>
        <source>Ctrl+S saves the file for the other store.</source>
        <translation>按 Ctrl+S 导出给对方门店的文件。</translation>
    </message>
    <message>
        <source>Put all aside</source>
        <translation>全部先放着</translation>
    </message>
    <message>
        <source>%1 deliveries are unfinished. Which one?</source>
        <translation>有 %1 单收货没做完，接着做哪一单？</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>接着收</translation>
    </message>
    <message>
        <source>Leave it for later</source>
        <translation>先放着</translation>
    </message>
    <message>
        <source>Discard …</source>
        <translation>作废……</translation>
    </message>
    <message>
        <source>No, keep it</source>
        <translation>不，留着</translation>
    </message>
    <message>
        <source>Yes, discard it for good</source>
        <translation>是，作废，不再保留</translation>
    </message>
    <message>
        <source>Which column?</source>
        <translation>各列是什么？</translation>
    </message>
    <message>
        <source>This file does not say by its names what is what.</source>
        <translation>这个文件的列名认不全，请告诉我各列是什么。</translation>
    </message>
    <message>
        <source>F8 posts it, F4 puts it aside, Esc and Enter drop it.</source>
        <translation>F8 过账，F4 先放着，Esc 再 Enter 作废。</translation>
    </message>
    <message>
        <source>%1 packs without a code are not in the file: write them by hand.</source>
        <translation>有 %1 盒无码商品不在文件里，请另附手写清单。</translation>
    </message>
    <message>
        <source>Goods of the document</source>
        <translation>单据明细</translation>
    </message>
    <message>
        <source>It is an outer pack whose boxes are not known: scan the boxes inside.</source>
        <translation>这是外包装码，里面的盒码未知：请逐盒扫码。</translation>
    </message>
    <message>
        <source>Nobody approved it: nothing was moved, what was scanned is still here.</source>
        <translation>未获审批，没有出库；扫过的码还在。</translation>
    </message>
    <message>
        <source>Columns of the delivery note</source>
        <translation>随货同行单的列</translation>
    </message>
    <message>
        <source>Read the file (Enter)</source>
        <translation>读入文件（Enter）</translation>
    </message>
    <message>
        <source>%1: what are these columns?</source>
        <translation>%1：各列是什么？</translation>
    </message>
    <message>
        <source>Say what each column is; it is remembered for this supplier. Tab: next column. Digit or letter: choose. * must be there.</source>
        <translation>请选每一列是什么，这家供货单位下次不再问。Tab 到下一列，按数字或字母选，带 * 的必须有。</translation>
    </message>
    <message>
        <source>Leave (Esc)</source>
        <translation>不读了（Esc）</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>文件里的列名</translation>
    </message>
    <message>
        <source>First value</source>
        <translation>第一个值</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>是什么</translation>
    </message>
    <message>
        <source>-  not needed</source>
        <translation>-  不用</translation>
    </message>
    <message>
        <source>Supplier, if no column tells it</source>
        <translation>供货单位（没有这一列时填）</translation>
    </message>
    <message>
        <source>Note number, if no column tells it</source>
        <translation>单号（没有这一列时填）</translation>
    </message>
    <message>
        <source>! Still missing: %1</source>
        <translation>! 还缺：%1</translation>
    </message>
    <message>
        <source>✓ All is there. Enter reads the file.</source>
        <translation>✓ 都齐了，按 Enter 读入。</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>第%1行</translation>
    </message>
    <message>
        <source>%1 rows of the file were not taken; the reasons are below.</source>
        <translation>文件有%1行没有读入，原因见下表。</translation>
    </message>
    <message>
        <source>This file has its header, but no row below it.</source>
        <translation>文件只有列名，下面没有内容。</translation>
    </message>
    <message>
        <source>Cold goods: the temperature on arrival is missing, or no number.</source>
        <translation>冷藏药品：到货温度没填，或不是数字。</translation>
    </message>
    <message>
        <source>Cold goods came at %1 °C, not at 2 to 8 °C.</source>
        <translation>冷藏药品到货%1℃，不在2～8℃。</translation>
    </message>
    <message>
        <source>Not cold?</source>
        <translation>温度不对</translation>
    </message>
    <message>
        <source>Refuse them with F6; frozen goods: F8 once more.</source>
        <translation>超温请按 F6 拒收；冷冻药品再按一次 F8。</translation>
    </message>
    <message>
        <source>no code: %1 boxes</source>
        <translation>无码 %1 盒</translation>
    </message>
    <message>
        <source>What was kept of it cannot be read any more.</source>
        <translation>存下的内容读不出来了。</translation>
    </message>
    <message>
        <source>Scan its boxes again; none of them is posted.</source>
        <translation>请重新扫这些盒，都还没有过账。</translation>
    </message>
    <message>
        <source>Nothing waits unfinished here.</source>
        <translation>这里没有没做完的。</translation>
    </message>
    <message>
        <source>%1 boxes, scanned by %3 until %2, are not posted yet.</source>
        <translation>还有 %1 盒没过账，由 %3 扫到 %2。</translation>
    </message>
    <message>
        <source>Unfinished besides: %1.</source>
        <translation>此外还有 %1 份没做完。</translation>
    </message>
    <message>
        <source>F5 goes on with it; or scan for a new one.</source>
        <translation>按 F5 接着做；要做新的直接扫。</translation>
    </message>
    <message>
        <source>Unfinished</source>
        <translation>没做完</translation>
    </message>
    <message>
        <source>%1 boxes, scanned by %3 until %2, are in hand again.</source>
        <translation>%1 盒又在手上了，由 %3 扫到 %2。</translation>
    </message>
    <message>
        <source>%1 of them cannot move any more; they stand on top.</source>
        <translation>其中 %1 盒现在不能移动，列在最上面。</translation>
    </message>
    <message>
        <source>Goes on here</source>
        <translation>接着做</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>settlement</source>
        <translation>医保结算</translation>
    </message>
    <message>
        <source> (practice)</source>
        <translation>（练习）</translation>
    </message>
    <message>
        <source>data on this machine is fine</source>
        <translation>本机数据正常</translation>
    </message>
    <message>
        <source>printer failed</source>
        <translation>小票没打出来</translation>
    </message>
    <message>
        <source>● works. Click: its settings.</source>
        <translation>● 正常。点一下看设置。</translation>
    </message>
    <message>
        <source>▲ does not work now; you can go on selling. Click.</source>
        <translation>▲ 现在用不了，可以继续卖药。点一下看怎么办。</translation>
    </message>
    <message>
        <source>✕ somebody must look at it. Click.</source>
        <translation>✕ 需要有人处理。点一下看怎么办。</translation>
    </message>
    <message>
        <source>○ not set up. Click to set it up.</source>
        <translation>○ 没有设置。点一下去设置。</translation>
    </message>
    <message>
        <source>○ nothing known yet: %1 was not seen since the start.</source>
        <translation>○ 还不知道：开机以来没有过“%1”。点击：去设置。</translation>
    </message>
    <message>
        <source>%1, not used yet</source>
        <translation>%1 未用过</translation>
    </message>
    <message>
        <source>● works: %1 at %2. Click: its settings.</source>
        <translation>● 能用：%2 %1。点击：去设置。</translation>
    </message>
    <message>
        <source>a receipt was taken</source>
        <translation>打出过小票</translation>
    </message>
    <message>
        <source>settlement not set up</source>
        <translation>医保结算未设置</translation>
    </message>
    <message>
        <source>F2 asks for the number that the insurance terminal shows.</source>
        <translation>按 F2 后输入医保终端上显示的结算号。</translation>
    </message>
    <message>
        <source>settlement does not answer</source>
        <translation>医保结算没有回应</translation>
    </message>
    <message>
        <source>the insurance answered</source>
        <translation>医保有回音</translation>
    </message>
    <message>
        <source>pharmacist %1</source>
        <translation>药师 %1</translation>
    </message>
    <message>
        <source>pharmacist suspended</source>
        <translation>药师医保资格暂停</translation>
    </message>
    <message>
        <source>no pharmacist on duty</source>
        <translation>药师不在岗</translation>
    </message>
    <message>
        <source>see the message</source>
        <translation>请看提示</translation>
    </message>
    <message>
        <source>scanner unplugged: %1</source>
        <translation>扫码枪断开：%1</translation>
    </message>
    <message>
        <source>scanner %1</source>
        <translation>扫码枪 %1</translation>
    </message>
    <message>
        <source>keyboard scanner</source>
        <translation>键盘式扫码枪</translation>
    </message>
    <message>
        <source>scanner %1 connected</source>
        <translation>扫码枪 %1 已连接</translation>
    </message>
    <message>
        <source>○ connected; no scan of %1 was read yet, ● once one is.</source>
        <translation>○ 已连接；还没有读到 %1 的扫码，扫一次就变 ●。</translation>
    </message>
    <message>
        <source>upload down %1</source>
        <translation>追溯上传断开 %1</translation>
    </message>
    <message>
        <source>%1 refused</source>
        <translation>%1 条被拒收</translation>
    </message>
    <message>
        <source>%1 lines wait, oldest %2</source>
        <translation>%1 条等待，最早已等 %2</translation>
    </message>
    <message>
        <source>upload not set up</source>
        <translation>追溯上传未设置</translation>
    </message>
    <message>
        <source>upload</source>
        <translation>追溯上传</translation>
    </message>
    <message>
        <source>the platform answered</source>
        <translation>平台有回音</translation>
    </message>
    <message>
        <source>a scan was read</source>
        <translation>读到过扫码</translation>
    </message>
    <message>
        <source>(practice)</source>
        <translation>（练习）</translation>
    </message>
</context>
<context>
    <name>Tender</name>
    <message>
        <source>Cash</source>
        <translation>现金</translation>
    </message>
    <message>
        <source>WeChat</source>
        <translation>微信</translation>
    </message>
    <message>
        <source>Alipay</source>
        <translation>支付宝</translation>
    </message>
    <message>
        <source>Bank card</source>
        <translation>银行卡</translation>
    </message>
    <message>
        <source>Commercial insurance</source>
        <translation>商保/丙类</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>银行卡</translation>
    </message>
    <message>
        <source>Insurer</source>
        <translation>商保</translation>
    </message>
    <message>
        <source>rounded down by ¥%1</source>
        <translation>抹零 ¥%1</translation>
    </message>
</context>
<context>
    <name>TestCard</name>
    <message>
        <source>Scanner test card</source>
        <translation>扫码枪测试卡</translation>
    </message>
    <message>
        <source>Print at 100 %. Scan each symbol once; what the program shows must be what is printed beside it. These codes belong to no drug.</source>
        <translation>请按 100% 打印。每个码扫一次，程序显示的内容应与旁边印的一致。这些码不属于任何药品。</translation>
    </message>
    <message>
        <source>A trace code of 20 digits: the scanner reads at all.</source>
        <translation>20 位追溯码：扫码枪能读。</translation>
    </message>
    <message>
        <source>Eighteen zeros in a row: no key is lost or shortened.</source>
        <translation>连续十八个零：不丢字符，不缩短。</translation>
    </message>
    <message>
        <source>GS1 DataMatrix: the separator GS (shown as \x1D) comes through.</source>
        <translation>GS1 二维码：分隔符（显示为 \x1D）能传过来。</translation>
    </message>
    <message>
        <source>Capital and small letters and signs: keyboard layout and Caps Lock.</source>
        <translation>大小写字母和符号：检查键盘布局和大写锁定。</translation>
    </message>
    <message>
        <source>A long DataMatrix: nothing is cut off.</source>
        <translation>很长的二维码：没有被截断。</translation>
    </message>
    <message>
        <source>The same kind of code as QR.</source>
        <translation>同样的追溯码，QR 二维码。</translation>
    </message>
    <message>
        <source>Two codes close together: each scan gives one of them.</source>
        <translation>两个码靠得很近：每次只读出其中一个。</translation>
    </message>
    <message>
        <source>The second of the two.</source>
        <translation>两个码中的第二个。</translation>
    </message>
</context>
<context>
    <name>Till</name>
    <message>
        <source>This number was told before with another content.</source>
        <translation>同一单号已经传来过，内容不同。</translation>
    </message>
    <message>
        <source>Tell a changed sale under a new number, and cancel the old one.</source>
        <translation>改过的销售请用新单号传来，并取消旧单。</translation>
    </message>
    <message>
        <source>There is no ticket of this number.</source>
        <translation>没有这个单号的小票。</translation>
    </message>
    <message>
        <source>Tell the sale first.</source>
        <translation>请先把销售传来。</translation>
    </message>
    <message>
        <source>The ticket is settled or cancelled already.</source>
        <translation>这张小票已经完成或取消。</translation>
    </message>
    <message>
        <source>Nothing of it changes any more. What comes back is told as a return.</source>
        <translation>它不会再变。退回的药请按退货传来。</translation>
    </message>
    <message>
        <source>A number of a person stands where none belongs.</source>
        <translation>不该有个人号码的地方出现了个人号码。</translation>
    </message>
    <message>
        <source>Tell the ticket, the receipt or the settlement by its own number.</source>
        <translation>小票、收据或结算请用它自己的单号。</translation>
    </message>
    <message>
        <source>A line of the ticket is of a drug that is not known here.</source>
        <translation>小票里有一行药品本程序不认识。</translation>
    </message>
    <message>
        <source>Say at the counter which drug it is; that is asked once.</source>
        <translation>请在柜台指明是哪个药，只问这一次。</translation>
    </message>
    <message>
        <source>Boxes of the ticket are still to be scanned.</source>
        <translation>小票里还有药盒没扫。</translation>
    </message>
    <message>
        <source>Scan them at the counter, or take them out of the sale.</source>
        <translation>请在柜台扫完，或从销售里删掉。</translation>
    </message>
    <message>
        <source>A box of the ticket may not be sold any more.</source>
        <translation>小票里有一盒现在不能卖了。</translation>
    </message>
    <message>
        <source>Look at the counter which one it is; take it out and scan another.</source>
        <translation>请在柜台看是哪一盒，取下换一盒扫。</translation>
    </message>
    <message>
        <source>The sale may not be paid like this.</source>
        <translation>这笔销售不能这样结算。</translation>
    </message>
    <message>
        <source>Look at the counter what is wanted.</source>
        <translation>请看柜台上的提示。</translation>
    </message>
    <message>
        <source>An insured sale is closed with the number of its settlement.</source>
        <translation>医保销售要有结算编号才能完成。</translation>
    </message>
    <message>
        <source>Tell the settlement&apos;s number, and how it was split.</source>
        <translation>请传来结算编号和分割金额。</translation>
    </message>
    <message>
        <source>The parts of the settlement do not come to what is insured.</source>
        <translation>结算各部分加起来不等于医保金额。</translation>
    </message>
    <message>
        <source>Compare them with the settlement slip and tell them again.</source>
        <translation>请对照医保结算单，重新传来。</translation>
    </message>
    <message>
        <source>Nobody has signed in at the counter.</source>
        <translation>柜台没有人登录。</translation>
    </message>
    <message>
        <source>Sign in there, then try again.</source>
        <translation>请先在柜台登录，再试一次。</translation>
    </message>
    <message>
        <source>The counter is at a payment or a question.</source>
        <translation>柜台正在结算或等人回答。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>The call&apos;s body cannot be read: it is no JSON, too large or too deep.</source>
        <translation>调用内容读不懂：不是 JSON、太大或嵌套太深。</translation>
    </message>
    <message>
        <source>Tell the till&apos;s maker; nothing was kept of it.</source>
        <translation>请告诉收银系统的厂家；本次没有保存任何内容。</translation>
    </message>
    <message>
        <source>A field of the call does not fit.</source>
        <translation>调用里有字段不合要求。</translation>
    </message>
    <message>
        <source>The call does not know the token.</source>
        <translation>调用的令牌不对。</translation>
    </message>
    <message>
        <source>Read it from till-api.json in the program&apos;s folder.</source>
        <translation>令牌在程序数据文件夹的 till-api.json 里。</translation>
    </message>
    <message>
        <source>The call comes from a web page, or names another machine.</source>
        <translation>调用来自网页，或指名了别的机器。</translation>
    </message>
    <message>
        <source>Only a program on this machine may call, by the address it was given.</source>
        <translation>只有本机程序可以按给出的地址调用。</translation>
    </message>
    <message>
        <source>Too many calls a second.</source>
        <translation>每秒调用太多。</translation>
    </message>
    <message>
        <source>Wait for a change by “wait” and do not ask in a loop.</source>
        <translation>请用 wait 等待变化，不要循环查询。</translation>
    </message>
    <message>
        <source>There is no such call.</source>
        <translation>没有这个调用。</translation>
    </message>
    <message>
        <source>The calls stand in /openapi.json.</source>
        <translation>所有调用见 /openapi.json。</translation>
    </message>
    <message>
        <source>That is no code of a box.</source>
        <translation>这不是药盒的码。</translation>
    </message>
    <message>
        <source>Scan it again.</source>
        <translation>请重新扫。</translation>
    </message>
    <message>
        <source>Something in the program went wrong. The counter stays open.</source>
        <translation>程序出了问题，柜台照常工作。</translation>
    </message>
    <message>
        <source>Ask again: a call that comes twice is done once.</source>
        <translation>请再调用一次：同样的调用只会执行一次。</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1。%2</translation>
    </message>
    <message>
        <source>The file lacks these columns: %1. It has: %2. Say in the setting till.columns what the till calls ours, as XSDH=%3, then put the file in again.</source>
        <translation>文件缺这些列：%1。文件里有：%2。请在设置“收银系统的列名”里写明它怎么叫，例如 XSDH=%3，再放一次文件。</translation>
    </message>
    <message>
        <source>Row %1: %2 Nothing of the file was taken.</source>
        <translation>第 %1 行：%2 整个文件都没有收下。</translation>
    </message>
    <message>
        <source>Row %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>%1 more tickets wait (F4: the next one)</source>
        <translation>后面还有 %1 张小票（F4：下一张）</translation>
    </message>
    <message>
        <source>No ticket</source>
        <translation>没有小票</translation>
    </message>
    <message>
        <source>The till tells the sale: ring it up there. Then scan here.</source>
        <translation>请先在收银系统开单，小票会自动传来，再在这里扫码。</translation>
    </message>
    <message>
        <source>Ticket %1 · %2</source>
        <translation>小票 %1 · %2</translation>
    </message>
    <message>
        <source>%1 codes missing</source>
        <translation>还差 %1 个码</translation>
    </message>
    <message>
        <source>Scan each box of the lines on the left.</source>
        <translation>请逐盒扫左边的药品。</translation>
    </message>
    <message>
        <source>✓ complete</source>
        <translation>✓ 已扫齐</translation>
    </message>
    <message>
        <source>Every code is there. Settle it at the till.</source>
        <translation>码已扫齐，请在收银系统收款。</translation>
    </message>
    <message>
        <source>insured</source>
        <translation>医保</translation>
    </message>
    <message>
        <source>%1. Put it right here, or change the ticket at the till.</source>
        <translation>%1。请在这里处理，或在收银系统改这张小票。</translation>
    </message>
    <message>
        <source>A line&apos;s drug is still to be told.</source>
        <translation>还有一行不知道是哪个药。</translation>
    </message>
    <message>
        <source>Which drug is line %1: %2? Look it up and press Enter.</source>
        <translation>第 %1 行“%2”是哪个药？在上面查找后按 Enter。</translation>
    </message>
</context>
<context>
    <name>Time</name>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>今天 %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>昨天 %1</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 天</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Tray picture</source>
        <translation>拍照读码</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>未点数</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>追溯码</translation>
    </message>
    <message>
        <source>What</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>No picture yet.</source>
        <translation>还没有图片。</translation>
    </message>
    <message>
        <source>Scan them (Enter)</source>
        <translation>逐个扫入（Enter）</translation>
    </message>
    <message>
        <source>Look again (F5)</source>
        <translation>重新识读（F5）</translation>
    </message>
    <message>
        <source>Boxes in the picture</source>
        <translation>图中盒数</translation>
    </message>
    <message>
        <source>Picture… (F2)</source>
        <translation>选择图片…（F2）</translation>
    </message>
    <message>
        <source>Newest of folder… (F3)</source>
        <translation>文件夹最新…（F3）</translation>
    </message>
    <message>
        <source>Camera (F4)</source>
        <translation>摄像头（F4）</translation>
    </message>
    <message>
        <source>Picture of a tray</source>
        <translation>托盘图片</translation>
    </message>
    <message>
        <source>Folder of the document camera</source>
        <translation>高拍仪的图片文件夹</translation>
    </message>
    <message>
        <source>There is no picture in this folder.</source>
        <translation>这个文件夹里没有图片。</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>正在识读…</translation>
    </message>
    <message>
        <source>A code needs an answer at the checkout first.</source>
        <translation>有一个码要先在收银界面回答。</translation>
    </message>
    <message>
        <source>Then F7 and Enter go on with the rest.</source>
        <translation>回答后按 F7，再按 Enter 继续扫入其余的码。</translation>
    </message>
    <message>
        <source>%1 codes are in, %2 were refused.</source>
        <translation>已扫入 %1 个码，%2 个被拒绝。</translation>
    </message>
    <message>
        <source>Refused ones are marked ✕; scan these boxes by hand.</source>
        <translation>被拒绝的标有 ✕，请用扫码枪单独扫这些药盒。</translation>
    </message>
    <message>
        <source>No code was found in this picture.</source>
        <translation>图中没有找到码。</translation>
    </message>
    <message>
        <source>Lay the boxes with their codes up and take it again.</source>
        <translation>请把药盒带码的一面朝上摆好，重新拍照。</translation>
    </message>
    <message>
        <source>%1 codes were read.</source>
        <translation>读出 %1 个码。</translation>
    </message>
    <message>
        <source>%3 boxes, but %1 codes: count again.</source>
        <translation>%3 盒却读出 %1 个码，请重新点数。</translation>
    </message>
    <message>
        <source>✓ %3 boxes, %1 codes.</source>
        <translation>✓ %3 盒，%1 个码。</translation>
    </message>
    <message>
        <source>%3 boxes, %1 codes: one is missing.</source>
        <translation>%3 盒，%1 个码：少了一个。</translation>
    </message>
    <message>
        <source>%3 boxes, %1 codes: %4 are missing.</source>
        <translation>%3 盒，%1 个码：少了 %4 个。</translation>
    </message>
    <message>
        <source>No mark: its code is hidden or outside the picture.</source>
        <translation>图中没有标记：码被遮住，或在画面之外。</translation>
    </message>
    <message>
        <source>Not read, marked ?: %1. Turn these boxes or scan them by hand.</source>
        <translation>没读出、标有问号的有 %1 处，请转动这些药盒，或用扫码枪单独扫。</translation>
    </message>
    <message>
        <source>Pictures (*.jp*g *.png *.bmp *.tif*)</source>
        <translation>图片 (*.jp*g *.png *.bmp *.tif*)</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>%3 boxes, %1 codes: the one marked ? is missing.</source>
        <translation>%3 盒，%1 个码：少了标有问号的这一盒。</translation>
    </message>
</context>
<context>
    <name>Uploads</name>
    <message>
        <source>Send now (F5)</source>
        <translation>立即上传（F5）</translation>
    </message>
    <message>
        <source>Send refused again (F8)</source>
        <translation>重传被拒收的（F8）</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>小票</translation>
    </message>
    <message>
        <source>Drug</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Trace codes</source>
        <translation>追溯码</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>The platform&apos;s own words</source>
        <translation>平台原话</translation>
    </message>
    <message>
        <source>Nothing to upload yet. Paid sales appear here by themselves.</source>
        <translation>还没有要上传的，收款后会自动出现在这里。</translation>
    </message>
    <message>
        <source>No line fits. Choose every state and empty the days.</source>
        <translation>没有符合的。状态选“全部”、日期清空，就能看到所有的。</translation>
    </message>
    <message>
        <source>✕ %1 lines refused</source>
        <translation>✕ %1 条被平台拒收</translation>
    </message>
    <message>
        <source>! %1 lines wait</source>
        <translation>! %1 条等待上传</translation>
    </message>
    <message>
        <source>✓ Everything is at the platform</source>
        <translation>✓ 平台已全部收到</translation>
    </message>
    <message>
        <source>accepted %1</source>
        <translation>平台已收 %1 条</translation>
    </message>
    <message>
        <source>unknown %1</source>
        <translation>结果未知 %1 条</translation>
    </message>
    <message>
        <source>waiting for a lot %1</source>
        <translation>待填批号 %1 条</translation>
    </message>
    <message>
        <source>the oldest waits %1</source>
        <translation>最早一条已等 %1</translation>
    </message>
    <message>
        <source>no code</source>
        <translation>无码</translation>
    </message>
    <message>
        <source>Nothing to upload yet</source>
        <translation>还没有要上传的</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Chosen</source>
        <translation>已选药</translation>
    </message>
    <message>
        <source>%1 is chosen.</source>
        <translation>已选%1。</translation>
    </message>
    <message>
        <source>That was the commodity barcode. Now scan the trace code on the box.</source>
        <translation>刚才扫的是商品条码，请扫盒上的追溯码。</translation>
    </message>
    <message>
        <source>No code needed</source>
        <translation>无需扫码</translation>
    </message>
    <message>
        <source>%1 needs no trace code. One is added.</source>
        <translation>%1无需扫码，已加一份。</translation>
    </message>
    <message>
        <source>Not received</source>
        <translation>未收货</translation>
    </message>
    <message>
        <source>In doubt</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>Not a trace code</source>
        <translation>不是追溯码</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>请重扫</translation>
    </message>
    <message>
        <source>Near expiry</source>
        <translation>近效期</translation>
    </message>
    <message>
        <source>%1 is in. It expires on %2.</source>
        <translation>%1已进单，有效期至 %2。</translation>
    </message>
    <message>
        <source>Tell the customer. To take it out press Backspace.</source>
        <translation>请告诉顾客；不要这盒就按 Backspace。</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>已加入</translation>
    </message>
    <message>
        <source>%1 has no receiving record in this shop.</source>
        <translation>%1 在本店没有收货记录。</translation>
    </message>
    <message>
        <source>This shop sells received boxes only. Receive it first (Ctrl+2), then scan it.</source>
        <translation>本店只卖已收货的药品。请先收货（Ctrl+2），再扫码。</translation>
    </message>
    <message>
        <source>%1. Not sold in this shop before; no receiving record.</source>
        <translation>%1。本店没卖过这盒，也没有收货记录。</translation>
    </message>
    <message>
        <source>The platform has not been asked about this box.</source>
        <translation>这盒还没有向平台核实。</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>待复核</translation>
    </message>
    <message>
        <source>%1 was said to be %2; a second person has to confirm it.</source>
        <translation>%1 已记为“%2”，还要同事复核。</translation>
    </message>
    <message>
        <source>Let a colleague confirm below. The box is not in yet.</source>
        <translation>请同事在下面复核，这盒还没进单。</translation>
    </message>
    <message>
        <source>Which drug?</source>
        <translation>这是哪个药？</translation>
    </message>
    <message>
        <source>The code is readable, but %1 is not known to this shop yet.</source>
        <translation>码读到了，但本店还不认得 %1。</translation>
    </message>
    <message>
        <source>Already in</source>
        <translation>已在本单</translation>
    </message>
    <message>
        <source>This box is already in this sale: %1.</source>
        <translation>这盒药已在本单：%1。</translation>
    </message>
    <message>
        <source>Nothing was added. Scan the next box.</source>
        <translation>没有重复加，请扫下一盒。</translation>
    </message>
    <message>
        <source>This box was already sold by the old system: %1.</source>
        <translation>旧系统已售出这一盒：%1。</translation>
    </message>
    <message>
        <source>%1 is in, but whether another counter has it is not known: silent since %2.</source>
        <translation>%1 已加入，但其他柜台是否已售无法得知：自 %2 起无应答。</translation>
    </message>
    <message>
        <source>It is asked again by itself. To be safe scan a box you took off the shelf.</source>
        <translation>系统会自动再次查询。为稳妥起见，请从货架取一盒再扫。</translation>
    </message>
    <message>
        <source>Whether another counter has %1 is not known: silent since %2.</source>
        <translation>其他柜台是否已售 %1 无法得知：自 %2 起无应答。</translation>
    </message>
    <message>
        <source>Put the box aside until the counters hear each other again.</source>
        <translation>请先把这盒放一边，等柜台之间恢复联系后再扫。</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>在挂单里</translation>
    </message>
    <message>
        <source>This box is in a sale on hold: %1.</source>
        <translation>这盒药在挂着的单里：%1。</translation>
    </message>
    <message>
        <source>Press F5 to resume that sale, or scan another box.</source>
        <translation>按 F5 取回那一单，或换一盒扫。</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>This box was already sold here: %1.</source>
        <translation>这盒药已在本店卖出：%1。</translation>
    </message>
    <message>
        <source>Scan another box. If the customer brought it back, return it with F6 first; this box must not be sold again.</source>
        <translation>请换一盒再扫；确是顾客退回的，先按 F6 办退货，这盒不能再卖。</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>退货药</translation>
    </message>
    <message>
        <source>A customer returned this box: %1.</source>
        <translation>这盒药是顾客退回的：%1。</translation>
    </message>
    <message>
        <source>Returned drugs are not sold again. Put it to the returns.</source>
        <translation>退回的药不能再卖，请放到退货区。</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>%1 expired on %2.</source>
        <translation>%1已于 %2 过期。</translation>
    </message>
    <message>
        <source>Take the box off the shelf. If the lot is wrong, correct it first.</source>
        <translation>请把这盒下架；若是批号登记有误，先改批号。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>old system, %1, its number %2, clerk %3</source>
        <translation>旧系统，%1，单号 %2，营业员 %3</translation>
    </message>
    <message>
        <source>%1, counter %2, receipt %3, operator %4</source>
        <translation>%1，%2 号收银台，小票 %3，营业员 %4</translation>
    </message>
    <message>
        <source>Find the drug below once, or add it (Alt+N); then it is known.</source>
        <translation>请在下面选一次药，没有就新增（Alt+N）；以后就认得了。</translation>
    </message>
    <message>
        <source>This is: %1 (%2).</source>
        <translation>这是%1（%2）。</translation>
    </message>
    <message>
        <source>It was not kept. Use it at payment; here scan the box.</source>
        <translation>内容没有留存。结算时再用它，现在请扫药盒。</translation>
    </message>
    <message>
        <source>This barcode is not in the catalogue. Scan the trace code on the box.</source>
        <translation>商品目录里没有这个条码，请扫盒上的追溯码。</translation>
    </message>
    <message>
        <source>It stands for no box. Scan the box itself.</source>
        <translation>它不代表哪一盒，请扫药盒上的码。</translation>
    </message>
    <message>
        <source>Scan the drug trace code on the box (20 characters).</source>
        <translation>请扫盒上的药品追溯码（20 位）。</translation>
    </message>
    <message>
        <source>Found again</source>
        <translation>又找到</translation>
    </message>
    <message>
        <source>%1 was booked as missing: %2. It is booked in again.</source>
        <translation>%1盘点记为缺失（%2），现又找到，已重新入账。</translation>
    </message>
    <message>
        <source>Tell whoever counts the stock: the loss is answered.</source>
        <translation>请告知盘点人员：该盘亏已冲回。</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>可以销售</translation>
    </message>
    <message>
        <source>%1, received: %2. Not sold before.</source>
        <translation>%1，已收货：%2。没有卖过。</translation>
    </message>
    <message>
        <source>%1 is sold in parts.</source>
        <translation>%1 正在拆零销售。</translation>
    </message>
    <message>
        <source>%1 units were left in this box.</source>
        <translation>本盒还剩 %1 个拆零单位。</translation>
    </message>
    <message>
        <source>Opened box</source>
        <translation>拆零盒</translation>
    </message>
    <message>
        <source>One unit is in. For another number press Ctrl+U.</source>
        <translation>已加入 1 个单位。数量不同请按 Ctrl+U。</translation>
    </message>
    <message>
        <source>%1 expires on %2: too soon for this shop to sell it.</source>
        <translation>%1 有效期至 %2，离到期太近，本店不再销售。</translation>
    </message>
    <message>
        <source>Put it aside and scan a box that lasts longer.</source>
        <translation>请放到一边，换一盒效期更长的再扫。</translation>
    </message>
    <message>
        <source>The till&apos;s ticket does not ask for %1.</source>
        <translation>收银系统的小票里没有 %1。</translation>
    </message>
    <message>
        <source>This box of %1 is opened; the ticket asks for whole ones.</source>
        <translation>这盒 %1 已拆开；小票要的是整盒。</translation>
    </message>
    <message>
        <source>Every box of %1 that the ticket asks for is there.</source>
        <translation>小票要的 %1 已经扫够了。</translation>
    </message>
    <message>
        <source>Put it aside. If the customer wants it, ring it up there.</source>
        <translation>先放一边。顾客要的话，请在收银系统加上。</translation>
    </message>
    <message>
        <source>Box %1 of this pack is sold or in a sale: %2.</source>
        <translation>此包装内的 %1 已售出或在销售单中：%2。</translation>
    </message>
    <message>
        <source>Scan the boxes that are left one by one.</source>
        <translation>请逐盒扫描剩下的小包装。</translation>
    </message>
    <message>
        <source>This is an outer pack of %1 boxes.</source>
        <translation>这是外包装，内有 %1 盒。</translation>
    </message>
    <message>
        <source>Scan the boxes inside, or press Ctrl+J to take them all.</source>
        <translation>请扫里面的小盒，或按 Ctrl+J 全部加入。</translation>
    </message>
    <message>
        <source>This is an outer pack; its boxes are not known.</source>
        <translation>这是外包装，里面有哪些盒还不知道。</translation>
    </message>
    <message>
        <source>Scan the boxes inside one by one.</source>
        <translation>请逐盒扫里面的小盒。</translation>
    </message>
    <message>
        <source>Outer pack</source>
        <translation>外包装</translation>
    </message>
    <message>
        <source>The pack this box stood in was sold as a whole: %1.</source>
        <translation>本盒所在的外包装已整件售出：%1。</translation>
    </message>
    <message>
        <source>Pack was sold</source>
        <translation>整件已售</translation>
    </message>
    <message>
        <source>Scan another box and tell the manager.</source>
        <translation>请换一盒扫码，并告知店长。</translation>
    </message>
    <message>
        <source>Used up</source>
        <translation>已用完</translation>
    </message>
    <message>
        <source>All units of this box were sold: %1.</source>
        <translation>本盒已全部拆零售完：%1。</translation>
    </message>
    <message>
        <source>Open another box.</source>
        <translation>请另开一盒。</translation>
    </message>
    <message>
        <source>Has left</source>
        <translation>已调出</translation>
    </message>
    <message>
        <source>This box left the shop by a document: %1.</source>
        <translation>本盒已凭单据出库：%1。</translation>
    </message>
    <message>
        <source>If it is here, take it in again first, then sell it.</source>
        <translation>盒子若在店里，请先重新入库再销售。</translation>
    </message>
    <message>
        <source>Destroyed</source>
        <translation>已销毁</translation>
    </message>
    <message>
        <source>This box is booked as destroyed: %1.</source>
        <translation>本盒已登记销毁：%1。</translation>
    </message>
    <message>
        <source>Do not sell it. Tell the manager.</source>
        <translation>不得销售，请告知店长。</translation>
    </message>
    <message>
        <source>This box was sold at another counter: %1.</source>
        <translation>本盒已在另一收银台售出：%1。</translation>
    </message>
    <message>
        <source>The platform holds a sale of this box: %1.</source>
        <translation>平台已有本盒的销售记录：%1。</translation>
    </message>
    <message>
        <source>Wrong drug</source>
        <translation>药品不符</translation>
    </message>
    <message>
        <source>The code is mapped to %1, but the box came in as another drug.</source>
        <translation>码对应 %1，但收货时是另一种药品。</translation>
    </message>
    <message>
        <source>Put the box aside and let the three-code map be checked.</source>
        <translation>请把盒子放一边，核对三码映射。</translation>
    </message>
    <message>
        <source>Not asked for</source>
        <translation>单上没有</translation>
    </message>
    <message>
        <source>No line of this sale asks for %1.</source>
        <translation>本单没有选 %1。</translation>
    </message>
    <message>
        <source>Scan the drug&apos;s commodity barcode first, or another box.</source>
        <translation>请先扫该药品的商品条码，或换一盒。</translation>
    </message>
    <message>
        <source>%1 is held by recall %2: %3.</source>
        <translation>%1 已被召回（%2）：%3。</translation>
    </message>
    <message>
        <source>Recalled</source>
        <translation>已召回</translation>
    </message>
    <message>
        <source>Put the box to the recalled goods. Scan another lot.</source>
        <translation>请放入召回区，换一个批号扫码。</translation>
    </message>
    <message>
        <source>%1, document %2, operator %3</source>
        <translation>%1，单据 %2，经办人 %3</translation>
    </message>
    <message>
        <source>“%1” (told %2)</source>
        <translation>“%1”（%2告知）</translation>
    </message>
    <message>
        <source>Three times now</source>
        <translation>扫过三次了</translation>
    </message>
    <message>
        <source>This box was scanned again and again: %1.</source>
        <translation>这盒反复扫了：%1。</translation>
    </message>
    <message>
        <source>No harm done. Let the manager have a look, then go on.</source>
        <translation>没关系，请店长看一下，再接着扫。</translation>
    </message>
    <message>
        <source>Press Ctrl+U: number of units and the second person.</source>
        <translation>按 Ctrl+U：输数量和复核人。</translation>
    </message>
    <message>
        <source>%1 is in, but it expired on %2.</source>
        <translation>%1 已加入，但已于 %2 过期。</translation>
    </message>
    <message>
        <source>%1 is in. No line of this sale asked for it.</source>
        <translation>%1 已加入，但本单没有点这个药。</translation>
    </message>
    <message>
        <source>To take it out press Backspace.</source>
        <translation>要退出请按 Backspace。</translation>
    </message>
    <message>
        <source>Paid %1, a manager has to approve it.</source>
        <translation>%1支付时须店长确认。</translation>
    </message>
    <message>
        <source>Paid %1, it cannot be sold.</source>
        <translation>%1支付时不能卖。</translation>
    </message>
    <message>
        <source>… (all of it: tap here or Alt+V)</source>
        <translation>……（点这里或按 Alt+V 看全文）</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Pharmacy Desk</source>
        <translation>药房柜台</translation>
    </message>
    <message>
        <source>counter %1</source>
        <translation>%1 号收银台</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>培训模式</translation>
    </message>
    <message>
        <source>Help (? or Ctrl+/)</source>
        <translation>帮助 Ctrl+/</translation>
    </message>
    <message>
        <source>Checkout</source>
        <translation>收银</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>查码</translation>
    </message>
    <message>
        <source>Uploads</source>
        <translation>追溯上传</translation>
    </message>
    <message>
        <source>Drugs</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>On duty</source>
        <translation>当班</translation>
    </message>
    <message>
        <source>receipts to files, %1 mm</source>
        <translation>小票存文件 %1 mm</translation>
    </message>
    <message>
        <source>receipt printer, %1 mm</source>
        <translation>小票打印机 %1 mm</translation>
    </message>
    <message>
        <source>no printer</source>
        <translation>没有打印机</translation>
    </message>
    <message>
        <source>Receiving</source>
        <translation>收货验收</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
</context>
</TS>
