#include "tools/generator/vocabulary.h"

#include <array>

namespace silkledger::generator {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<ChainWords, 8> kChains = {{
    {"textile", "示例·纺织服装产业链", "Demo textile and clothing chain",
     "示例·纺织服装产业链链主单位", "Demo chain-lead unit, textiles", Labour::textile, "纺织服装",
     "棉纱、坯布和成衣"},
    {"food", "示例·农副产品加工产业链", "Demo food processing chain",
     "示例·农副产品加工产业链链主单位", "Demo chain-lead unit, food", Labour::food, "食品",
     "干果、果汁和肉制品"},
    {"energy", "示例·新能源产业链", "Demo new energy chain", "示例·新能源产业链链主单位",
     "Demo chain-lead unit, energy", Labour::energy, "新能源", "光伏组件和储能设备"},
    {"electronics", "示例·电子信息产业链", "Demo electronics chain", "示例·电子信息产业链链主单位",
     "Demo chain-lead unit, electronics", Labour::electronics, "电子科技", "显示模组和线束"},
    {"logistics", "示例·商贸物流产业链", "Demo trade and logistics chain",
     "示例·商贸物流产业链链主单位", "Demo chain-lead unit, logistics", Labour::logistics,
     "供应链管理", "冷链仓储和跨境分拨"},
    {"agriculture", "示例·现代农业产业链", "Demo modern agriculture chain",
     "示例·现代农业产业链链主单位", "Demo chain-lead unit, agriculture", Labour::agriculture,
     "农业科技", "设施蔬菜和种苗"},
    {"building", "示例·新型建材产业链", "Demo building materials chain",
     "示例·新型建材产业链链主单位", "Demo chain-lead unit, building materials", Labour::building,
     "建材", "装配式构件和保温板"},
    {"tourism", "示例·文化旅游产业链", "Demo culture and tourism chain",
     "示例·文化旅游产业链链主单位", "Demo chain-lead unit, tourism", Labour::tourism, "文化旅游",
     "民宿集群和研学营地"},
}};

constexpr std::array<std::string_view, 10> kPlaces = {"青澜市",     "望川市", "岚州市", "云沙市",
                                                      "澄江示例区", "霁山市", "泓水市", "朔林市",
                                                      "垚城市",     "沐原市"};
constexpr std::array<std::string_view, 16> kFirst = {
    "珩", "霁", "垚", "沐", "朔", "黎", "钰", "岚", "泓", "昕", "芮", "琅", "澹", "骐", "瑄", "堃"};
constexpr std::array<std::string_view, 16> kSecond = {
    "穹", "翎", "川", "禾", "榆", "汀", "砚", "隰", "樾", "旸", "蘅", "珂", "屿", "沅", "驰", "垣"};
constexpr std::array<std::string_view, 12> kFamily = {"张", "李", "王", "赵", "陈", "杨",
                                                      "周", "吴", "徐", "孙", "马", "郭"};
constexpr std::array<std::string_view, 10> kStems = {"甲", "乙", "丙", "丁", "戊",
                                                     "己", "庚", "辛", "壬", "癸"};
// Transliterated parts with the separator that 民委发〔2016〕33号 asks for.
constexpr std::array<std::string_view, 10> kGiven = {"阿某江", "古某娜", "买某提", "努某古丽",
                                                     "艾某尔", "热某木", "迪某拉", "吐某洪",
                                                     "帕某提", "玉某甫"};

template <std::size_t N>
std::string_view one_of(const std::array<std::string_view, N>& words, const Dice& dice,
                        std::string_view purpose, std::uint64_t index = 0) {
  return words[static_cast<std::size_t>(dice.below(purpose, N, index))];
}

// In the order of Note. "{p}" is what the chain makes, "{n}" a number.
constexpr std::array<std::string_view, 4> kLeadContent = {
    "拟投资建设{p}生产项目，需标准厂房约{n}平方米。", "有意在当地布局{p}基地，首期用地{n}亩。",
    "考察后表示愿意投资{p}项目，关注用工和物流成本。", "经商会介绍，计划转移{p}产能，分两期实施。"};
constexpr std::array<std::string_view, 3> kBackground = {
    "主营{p}，现有员工{n}人，近三年经营平稳，未见失信记录（示例）。",
    "成立八年，主要产品为{p}，客户集中在沿海（示例）。",
    "上一年营业收入约{n}万元，以{p}为主（示例）。"};
constexpr std::array<std::string_view, 3> kDemands = {"希望落实厂房租金和用电价格。",
                                                      "关注员工住宿、培训补贴和出疆运费。",
                                                      "需要用地指标、蒸汽供应和环评支持。"};
constexpr std::array<std::string_view, 3> kJudgement = {
    "与园区定位相符，基本可行。", "用工需求可以满足，建议继续对接。", "资金来源需要进一步核实。"};
constexpr std::array<std::string_view, 3> kProjectContent = {"建设{p}生产线，配套仓储和检测中心。",
                                                             "租用标准厂房{n}平方米，生产{p}。",
                                                             "分两期建设{p}基地，首期{n}平方米。"};
constexpr std::array<std::string_view, 5> kNegotiation = {
    "就厂房面积和租金交换意见，达成初步一致。", "企业来访，实地看了园区和保障性住房。",
    "就协议条款进行新一轮沟通。", "视频会商，企业补充了资金证明。",
    "部门联席会研究用地和用电方案。"};
constexpr std::array<std::string_view, 4> kSlip = {"设备交货推迟。", "用地手续尚在办理。",
                                                   "企业资金安排调整。", "冬季停工，顺延至开春。"};
constexpr std::array<std::string_view, 3> kClose = {"企业暂无投资计划。", "多次联系未获回应。",
                                                    "选址与当地条件不符。"};
constexpr std::array<std::string_view, 3> kDecline = {
    "能耗偏高，与产业布局不符。", "企业负债较高，履约能力存疑。", "用水需求超过当地承载能力。"};
constexpr std::array<std::string_view, 3> kProceed = {"行业地位清楚，投资意愿明确，可以洽谈。",
                                                      "符合主导产业方向，要素可以保障。",
                                                      "带动就业明显，建议统筹洽谈。"};
constexpr std::array<std::string_view, 2> kPass = {"各项要点均可满足，同意通过。",
                                                   "总体可行，要求签约前落实用地。"};
constexpr std::array<std::string_view, 2> kFail = {"承载能力不足，终止洽谈，转入储备。",
                                                   "与园区定位不符，暂不引进。"};
constexpr std::array<std::string_view, 3> kOpinion = {"资料齐全，意见如上。", "建议补充能耗测算。",
                                                      "要素可以保障。"};
constexpr std::array<std::string_view, 3> kAmend = {"企业追加投资。", "二期缓建，规模缩减。",
                                                    "按实际设备清单调整。"};
constexpr std::array<std::string_view, 3> kPause = {"专家评审。", "等待检测报告。", "公示听证。"};
constexpr std::array<std::string_view, 2> kRefuse = {"申请材料不符合条件。", "选址不符合规划。"};
constexpr std::array<std::string_view, 3> kFundBasis = {
    "银行回单与账户流水一致。", "验资报告载明的金额。", "抽查发票和进度结算单。"};
constexpr std::array<std::string_view, 2> kFundReject = {"凭证不清，退回核对。",
                                                         "系关联方往来，不予认定。"};
constexpr std::array<std::string_view, 3> kCorrection = {
    "录入时多写一位。", "与协议原件核对后更正。", "单位换算有误。"};
constexpr std::array<std::string_view, 3> kTermination = {
    "企业放弃投资。", "双方未就条件达成一致。", "逾期未履约，终止合作。"};

constexpr std::array<Words, 20> kNotes = {
    kLeadContent, kBackground, kDemands,   kJudgement,  kProjectContent, kNegotiation, kSlip,
    kClose,       kDecline,    kProceed,   kPass,       kFail,           kOpinion,     kAmend,
    kPause,       kRefuse,     kFundBasis, kFundReject, kCorrection,     kTermination};

void replace(std::string& text, std::string_view mark, std::string_view by) {
  const std::size_t at = text.find(mark);
  if (at != std::string::npos) text.replace(at, mark.size(), by);
}

std::string digits_of(std::int64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

constexpr std::string_view kUsccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // GB 32100

}  // namespace

std::span<const ChainWords> chain_words() { return kChains; }

std::string enterprise_name(const Dice& dice, const ChainWords& chain) {
  std::string name(one_of(kPlaces, dice, "place"));
  name += one_of(kFirst, dice, "first");
  name += one_of(kSecond, dice, "second");
  name += dice.percent("mark", 70) ? "（示例）" : "（测试）";
  name += chain.trade;
  name += dice.percent("form", 25) ? "股份有限公司" : "有限公司";
  return name;
}

std::string project_name(const Dice& dice, const ChainWords& chain) {
  std::string name(one_of(kFirst, dice, "first"));
  name += one_of(kSecond, dice, "second");
  name += "（示例）";
  name += chain.trade;
  name += dice.percent("kind", 50) ? "生产基地项目" : "产业园项目";
  return name;
}

std::string person_name(const Dice& dice) {
  const std::int64_t kind = dice.below("kind", 20);
  if (kind < 8) {
    return std::string(one_of(kGiven, dice, "given")) + "·" +
           std::string(one_of(kGiven, dice, "father"));
  }
  if (kind == 8)
    return "阿某江·麦某提·示例艾某·努某古丽测试";  // 18 characters: name fields must hold it
  return std::string(one_of(kFamily, dice, "family")) + "某" +
         std::string(one_of(kStems, dice, "stem"));
}

std::string visit_place(const Dice& dice) {
  return std::string(one_of(kPlaces, dice, "visit")) + "（示例）企业总部";
}

std::string made_up_uscc(std::int64_t serial) {
  constexpr std::array<std::int64_t, 8> kOrganisationWeights = {3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::array<std::int64_t, 17> kWeights = {1,  3,  9,  27, 19, 26, 16, 17, 20,
                                                     29, 25, 13, 8,  24, 10, 30, 28};
  const std::string body = digits_of(serial, 8);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < 8; ++i) sum += (body[i] - '0') * kOrganisationWeights[i];
  const std::int64_t check = 11 - sum % 11;  // GB 11714: 10 is written X, 11 is 0
  std::string code = "91999999" + body;
  code += check == 10 ? 'X' : static_cast<char>('0' + check % 11);
  sum = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    sum += static_cast<std::int64_t>(kUsccAlphabet.find(code[i])) * kWeights[i];
  }
  code += kUsccAlphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
  return code;
}

std::string made_up_phone(const Dice& dice) {
  return "129" + digits_of(dice.below("phone", 100'000'000), 8);
}

std::string note(Note kind, const Dice& dice, const ChainWords& chain, std::uint64_t index) {
  const Words words = kNotes[static_cast<std::size_t>(kind)];
  const std::uint64_t place = static_cast<std::uint64_t>(kind) * 1000 + index;
  const auto count = static_cast<std::int64_t>(words.size());
  std::string text(words[static_cast<std::size_t>(dice.below("note", count, place))]);
  replace(text, "{p}", chain.products);
  replace(text, "{n}", std::to_string(dice.between("number", 2, 90, place) * 100));
  return text;
}

std::string amount_words(std::int64_t fen) {
  constexpr std::int64_t kFenPerWan = 1'000'000;
  const std::int64_t wan = fen / kFenPerWan;
  if (wan < 10'000) return std::to_string(wan) + "万元";
  return std::to_string(wan / 10'000) + "." + digits_of(wan % 10'000 / 100, 2) + "亿元";
}

}  // namespace silkledger::generator
